"""What a clinician enters to see a forecast, with the questions of its model; none is answered for anybody."""

from typing import Any

from django import forms

from kapstone.care.plan import FORMATS
from kapstone.care.plan.forecast import Question
from kapstone.clinic.plan.forms import LEAST_MG

RENAL = [("", "not known"), ("normal", "normal"), ("impaired", "impaired")]
ANSWER = "answer_"
FORMAT_CHOICES = [("", "Choose"), *((one.id, one.name) for one in FORMATS.values())]


class ForecastForm(forms.Form):
    """A format, a dose in total, a weight; then what the model asks."""

    format_id = forms.ChoiceField(label="Format", choices=FORMAT_CHOICES)
    mg = forms.DecimalField(
        label="Dose, in total",
        help_text="Milligrams of base, not of salt.",
        min_value=LEAST_MG,
        max_digits=6,
        decimal_places=2,
        error_messages={
            "invalid": "Dose: write milligrams as a number, such as 35.",
            "min_value": "Dose, in total: more than 0 mg.",
        },
    )
    weight_kg = forms.DecimalField(
        label="Weight",
        min_value=20,
        max_value=350,
        max_digits=5,
        decimal_places=1,
        error_messages={
            "invalid": "Weight: write kilograms as a number, such as 70.5.",
            "min_value": "Weight: less than 20 kg; is it in kilograms?",
            "max_value": "Weight: more than 350 kg; is it in kilograms and not in pounds?",
        },
    )
    renal = forms.ChoiceField(label="Kidneys", choices=RENAL, required=False)

    def __init__(self, questions: tuple[Question, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mg"].unit = "mg"  # type: ignore[attr-defined]
        self.fields["weight_kg"].unit = "kg"  # type: ignore[attr-defined]
        for one in questions:
            choices = [("", "not asked"), *((each, each) for each in one.answers)]
            self.fields[f"{ANSWER}{one.name}"] = forms.ChoiceField(label=one.words, choices=choices, required=False)

    def answers(self) -> dict[str, str]:
        """What was answered, by the model's own names."""
        values = self.cleaned_data.items()
        return {name.removeprefix(ANSWER): value for name, value in values if name.startswith(ANSWER) and value}
