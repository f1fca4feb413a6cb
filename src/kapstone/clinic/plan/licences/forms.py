"""A licence as it was looked up."""

from typing import Any

from django import forms

from kapstone.care.plan.licences import Licence


class LicenceForm(forms.Form):
    """Who holds what, where, until when."""

    person = forms.ChoiceField(label="Who")
    licence = forms.TypedChoiceField(
        label="Licence", choices=[(one.value, one.words) for one in Licence], coerce=Licence, widget=forms.RadioSelect
    )
    state = forms.CharField(label="State", max_length=2, help_text="Two letters, such as CT.")
    number = forms.CharField(label="Number", max_length=40)
    until = forms.DateField(
        label="Until",
        help_text="Year, month, day: the last day on which it counts.",
        error_messages={"invalid": "write year, month and day, such as 2027-06-30."},
    )

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Choose"), *people]  # type: ignore[attr-defined]
