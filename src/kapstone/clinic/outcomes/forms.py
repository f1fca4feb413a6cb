"""Choosing the next step."""

from typing import Any

from django import forms

from kapstone.care.outcomes import Option

NAMES = {
    "ask_a_person_first": "A person talks with the patient first",
    "pause_for_review": "Pause and review",
    "stop_and_rethink": "Stop and re-think",
    "continue": "Go on with the course",
    "maintenance_spacing": "Space the doses further apart",
    "more_therapy": "More therapy",
}


class NextStepForm(forms.Form):
    """One option with the prescriber's reason. `once` is made with the page, so sending it twice signs one step."""

    once = forms.UUIDField(required=False, widget=forms.HiddenInput)

    option = forms.ChoiceField(
        label="Next step", widget=forms.RadioSelect, error_messages={"required": "Next step: choose one."}
    )
    reason = forms.CharField(label="Reason", widget=forms.Textarea({"rows": 3}), max_length=4000)

    def __init__(self, options: tuple[Option, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["option"].choices = [  # type: ignore[attr-defined]
            (one.key, f"{NAMES[one.key]}. {one.reason}") for one in options
        ]
