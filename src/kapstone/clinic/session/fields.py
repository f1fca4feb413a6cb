"""Fields and a form that several pages of a session share."""

from django import forms

from kapstone.clinic.ground.people.pages import EventForm


def number(label: str, unit: str, low: int, high: int, places: int = 0, required: bool = False) -> forms.DecimalField:
    words = unit.replace("%", "percent")  # a percent sign would be read as a gap to fill in
    field = forms.DecimalField(
        label=label,
        required=required,
        min_value=low,
        max_value=high,
        max_digits=6,
        decimal_places=places,
        error_messages={
            "invalid": f"{label}: write a number, such as {(low + high) // 2}.",
            "min_value": f"{label}: at least {low} {words}.",
            "max_value": f"{label}: at most {high} {words}.",
            "required": f"{label}: write the value in {words}.",
            "max_decimal_places": f"{label}: at most {places} decimals.",
        },
        widget=forms.NumberInput({"autocomplete": "off"}),
    )
    field.unit = unit  # type: ignore[attr-defined]
    return field


class WordsForm(EventForm):
    """A note, or why a dose was stopped."""

    words = forms.CharField(label="Note", widget=forms.Textarea({"rows": 2}), max_length=4000)
