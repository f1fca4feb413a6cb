"""What a clinician enters to see a forecast, with the questions of its model; none is answered for anybody."""

from typing import Any

from django import forms

from kapstone.care.plan import FORMATS
from kapstone.care.plan.forecast import Question
from kapstone.clinic.plan.forms import DoseForm

RENAL = [("", "not known"), ("normal", "normal"), ("impaired", "impaired")]
ANSWER = "answer_"
FORMAT_CHOICES = [("", "Choose"), *((one.id, one.name) for one in FORMATS.values())]


class ForecastForm(DoseForm):
    """A format, a dose in total, a weight; then what the model asks."""

    field_order = ("format_id", "mg", "weight_kg")

    format_id = forms.ChoiceField(label="Format", choices=FORMAT_CHOICES)
    renal = forms.ChoiceField(label="Kidneys", choices=RENAL, required=False)

    def __init__(self, questions: tuple[Question, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in questions:
            choices = [("", "not asked"), *((each, each) for each in one.answers)]
            self.fields[f"{ANSWER}{one.name}"] = forms.ChoiceField(label=one.words, choices=choices, required=False)

    def answers(self) -> dict[str, str]:
        """What was answered, by the model's own names."""
        values = self.cleaned_data.items()
        return {name.removeprefix(ANSWER): value for name, value in values if name.startswith(ANSWER) and value}
