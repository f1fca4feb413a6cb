"""Questionnaires and histories as forms. A blank answer is "not answered" and never "no"."""

from typing import Any
from uuid import uuid4

from django import forms

from kapstone.care.evaluation import Instrument, Intake
from kapstone.clinic.ground.people.pages import asked

YES_NO = (("yes", "Yes"), ("no", "No"), ("", "Not sure"))
ASKED = (("yes", "Yes"), ("no", "No"), ("", "Not asked yet"))

ABOUT_ME: tuple[tuple[str, str, str], ...] = (
    ("psychosis_current", "Do you hear or see things that others do not, or feel watched or followed?", ""),
    ("mania_current", "In the last weeks: far too much energy, little need for sleep, racing thoughts?", ""),
    ("aneurysm_or_avm", "Has a doctor ever found a bulging or tangled blood vessel (aneurysm, AVM)?", ""),
    ("intracerebral_haemorrhage", "Have you ever had bleeding in the brain?", ""),
    ("hypersensitivity", "Have you ever had an allergic reaction to ketamine or esketamine?", ""),
    ("heart_event_12_months", "In the last 12 months: a heart attack, chest pain from the heart, or a stent?", ""),
    ("raised_icp", "Do you have raised pressure in the head, a shunt, or a growth in the brain?", ""),
    ("hypertension", "Has a doctor told you that your blood pressure is too high?", ""),
    ("pregnant", "Are you pregnant?", "If you cannot be, answer No."),
    ("breastfeeding", "Are you breastfeeding?", ""),
    ("could_become_pregnant", "Could you become pregnant?", ""),
    ("substance_use_disorder_active", "In the last 3 months: trouble with alcohol or drugs?", ""),
    ("ketamine_misuse", "Have you used ketamine or PCP outside of care, more than once?", ""),
    ("opioid_use_disorder", "Have you ever been treated for opioid use?", ""),
    ("bladder_symptoms", "Pain or blood when you pass water, or going far more often?", ""),
    ("dementia_or_delirium", "Has a doctor told you of dementia, or of a recent state of confusion?", ""),
)
"""What the patient is asked: field, question, hint."""

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


class InstrumentForm(forms.Form):
    """One questionnaire with its exact wording. Every item may be left out; the score says so."""

    def __init__(self, instrument: Instrument, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        self.fields["once"] = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
        choices = [(str(option.value), option.text) for option in instrument.options]
        for number, item in enumerate(instrument.items, 1):
            self.fields[f"q{number}"] = forms.ChoiceField(
                label=f"{number}. {item.text}", choices=choices, required=False, widget=forms.RadioSelect
            )
            self.fields[f"q{number}"].quiet = True  # type: ignore[attr-defined]

    def answers(self) -> dict[str, int | None]:
        """Points by link id; None for an item that was left out."""
        given = [self.cleaned_data[f"q{number}"] for number in range(1, len(self.instrument.items) + 1)]
        return {
            item.link_id: int(value) if value else None
            for item, value in zip(self.instrument.items, given, strict=True)
        }


class HistoryForm(forms.Form):
    """My health: the patient's own answers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question, hint in ABOUT_ME:
            self.fields[name] = asked(
                forms.ChoiceField(
                    label=question,
                    help_text=hint,
                    choices=YES_NO,
                    required=False,
                    widget=forms.RadioSelect,
                    initial="-",
                )
            )
        self.fields["medicines_tried"] = forms.CharField(
            label="Which medicines have you tried for depression?",
            help_text="Names are enough. Your clinician will ask about doses.",
            required=False,
            max_length=400,
            widget=forms.Textarea({"rows": 3}),
        )
        self.fields["allergies"] = forms.CharField(
            label="Allergies", help_text="Write “none” if you have none.", required=False, max_length=200
        )

    def body(self) -> dict[str, object]:
        """What is stored. Names of medicines go to the clinician's form as trials still to be completed."""
        body: dict[str, object] = {name: _known(self.cleaned_data[name]) for name, _, _ in ABOUT_ME}
        names = [name.strip() for name in self.cleaned_data["medicines_tried"].replace("\n", ",").split(",")]
        body["trials"] = [_trial(name) for name in names if name] or None
        body["allergies"] = self.cleaned_data["allergies"]
        return body


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
        body: dict[str, object] = {name: _known(values[name]) for name, _ in ASKED_BY_CLINICIAN}
        body["diagnosis"] = values["diagnosis"] or None
        tested = values["last_pregnancy_test"]
        body["last_pregnancy_test"] = tested.isoformat() if tested else None
        trials = [
            _trial(
                values[f"drug_{n}"],
                values[f"weeks_{n}"],
                _known(values[f"adequate_{n}"]),
                values[f"response_{n}"],
                _known(values[f"stopped_{n}"]),
            )
            for n in range(1, TRIALS + 1)
            if values[f"drug_{n}"]
        ]
        body["trials"] = trials or None
        return body

    @staticmethod
    def initial_from(intake: Intake) -> dict[str, object]:
        """The form filled with what is known."""
        known: dict[str, object] = {name: _word(getattr(intake, name)) for name, _ in ASKED_BY_CLINICIAN}
        known["diagnosis"] = intake.diagnosis or ""
        known["last_pregnancy_test"] = intake.last_pregnancy_test
        for n, trial in enumerate((intake.trials or ())[:TRIALS], 1):
            known |= {
                f"drug_{n}": trial.drug,
                f"weeks_{n}": trial.weeks,
                f"adequate_{n}": _word(trial.adequate_dose),
                f"response_{n}": trial.response_percent,
                f"stopped_{n}": _word(trial.stopped_for_side_effects),
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


def _known(word: str) -> bool | None:
    return {"yes": True, "no": False}.get(word)


def _word(known: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[known]


def _trial(
    drug: str,
    weeks: int | None = None,
    adequate: bool | None = None,
    response: int | None = None,
    stopped: bool | None = None,
) -> dict[str, object]:
    return {
        "drug": drug,
        "weeks": weeks,
        "adequate_dose": adequate,
        "response_percent": response,
        "stopped_for_side_effects": stopped,
    }
