"""One question: which touch is all right."""

from typing import Any

from django import forms

from kapstone.care.plan.touch import TOUCH, Touch, wider


class TouchForm(forms.Form):
    """The choices; under the drug only those that allow no more than is agreed to."""

    touch = forms.ChoiceField(
        label="Which touch is all right in a session?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one. “No touch” is always fine."},
    )

    def __init__(self, now: Touch, clear: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [one for one in Touch if clear or not wider(one, now)]
        self.fields["touch"].choices = [(one.value, TOUCH[one]) for one in offered]  # type: ignore[attr-defined]
