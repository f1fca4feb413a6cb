"""What a clinician asked and found, and the decision, as forms."""

from typing import Any

from django import forms

from kapstone.care.evaluation import Intake
from kapstone.clinic.evaluation.answering import known as said
from kapstone.clinic.evaluation.answering import trial, word
from kapstone.clinic.ground.people.pages import asked

ASKED = (("yes", "Yes"), ("no", "No"), ("", "Not asked yet"))

ASKED_BY_CLINICIAN: tuple[tuple[str, str], ...] = (
    ("diagnosis_confirmed", "Diagnosis confirmed by a clinician"),
    ("psychosis_current", "Psychosis now, or a schizophrenia spectrum diagnosis"),
    ("mania_current", "Mania, hypomania or a mixed state now"),
    ("dementia_or_delirium", "Dementia, delirium, or a screen below the cut-off"),
    ("hypertension", "Diagnosed high blood pressure"),
    ("asq_acute", "ASQ: acute positive"),
    ("clinician_urgent_flag", "I am worried about this patient now"),
    ("capacity_documented", "Capacity to consent documented"),
    ("rems_enrolled", "Enrolled in the REMS (esketamine)"),
    ("site_rems_certified", "This site is REMS-certified (esketamine)"),
)
"""What only a clinician can answer, or confirms."""

DIAGNOSES = (("", "Not decided"), ("mdd", "Major depression"), ("bipolar", "Bipolar depression"), ("other", "Other"))
TRIALS = 4


class ClinicianForm(forms.Form):
    """What a prescriber asked and found, with the trials completed."""

    diagnosis = forms.ChoiceField(label="Diagnosis", choices=DIAGNOSES, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in ASKED_BY_CLINICIAN:
            self.fields[name] = asked(
                forms.ChoiceField(label=words, choices=ASKED, required=False, widget=forms.RadioSelect)
            )
        self.fields["last_pregnancy_test"] = forms.DateField(
            label="Last negative pregnancy test",
            required=False,
            help_text="For example 2026-11-20.",
            error_messages={"invalid": "Last pregnancy test: write year, month, day, such as 2026-11-20."},
        )
        for number in range(1, TRIALS + 1):
            self._trial_fields(number)

    def _trial_fields(self, number: int) -> None:
        self.fields[f"drug_{number}"] = forms.CharField(label=f"Trial {number}: drug", required=False, max_length=60)
        self.fields[f"weeks_{number}"] = forms.IntegerField(
            label="Weeks",
            required=False,
            min_value=0,
            max_value=520,
            error_messages={"invalid": f"Trial {number}: weeks is a whole number, such as 8."},
        )
        self.fields[f"adequate_{number}"] = forms.ChoiceField(
            label="At an effective dose", choices=ASKED, required=False
        )
        self.fields[f"response_{number}"] = forms.IntegerField(
            label="Improvement, percent",
            required=False,
            min_value=0,
            max_value=100,
            error_messages={"invalid": f"Trial {number}: improvement is a whole number from 0 to 100."},
        )
        self.fields[f"stopped_{number}"] = forms.ChoiceField(
            label="Stopped for side effects", choices=ASKED, required=False
        )

    def trials(self) -> list[list[str]]:
        """The names of the fields of each trial, for the page."""
        return [
            [f"{part}_{n}" for part in ("drug", "weeks", "adequate", "response", "stopped")]
            for n in range(1, TRIALS + 1)
        ]

    def body(self) -> dict[str, object]:
        """What is stored."""
        values = self.cleaned_data
        body: dict[str, object] = {name: said(values[name]) for name, _ in ASKED_BY_CLINICIAN}
        body["diagnosis"] = values["diagnosis"] or None
        tested = values["last_pregnancy_test"]
        body["last_pregnancy_test"] = tested.isoformat() if tested else None
        trials = [
            trial(
                values[f"drug_{n}"],
                values[f"weeks_{n}"],
                said(values[f"adequate_{n}"]),
                values[f"response_{n}"],
                said(values[f"stopped_{n}"]),
            )
            for n in range(1, TRIALS + 1)
            if values[f"drug_{n}"]
        ]
        body["trials"] = trials or None
        return body

    @staticmethod
    def initial_from(intake: Intake) -> dict[str, object]:
        """The form filled with what is known."""
        known: dict[str, object] = {name: word(getattr(intake, name)) for name, _ in ASKED_BY_CLINICIAN}
        known["diagnosis"] = intake.diagnosis or ""
        known["last_pregnancy_test"] = intake.last_pregnancy_test
        for n, tried in enumerate((intake.trials or ())[:TRIALS], 1):
            known |= {
                f"drug_{n}": tried.drug,
                f"weeks_{n}": tried.weeks,
                f"adequate_{n}": word(tried.adequate_dose),
                f"response_{n}": tried.response_percent,
                f"stopped_{n}": word(tried.stopped_for_side_effects),
            }
        return known


class DecisionForm(forms.Form):
    """The prescriber decides, for themselves and for the patient."""

    outcome = forms.ChoiceField(
        label="Decision",
        choices=(("offer", "Offer treatment"), ("not_now", "Not now"), ("decline", "Decline")),
        widget=forms.RadioSelect,
        error_messages={"required": "Decision: choose one."},
    )
    reason = forms.CharField(label="Your reason, for the record", widget=forms.Textarea({"rows": 3}), max_length=4000)
    for_patient = forms.CharField(
        label="What the patient will read",
        help_text="Plain words: the reason, and what happens next.",
        widget=forms.Textarea({"rows": 3}),
        max_length=4000,
    )
