"""The history as the patient is asked. A blank answer is "not answered" and never "no"."""

from typing import Any

from django import forms

from kapstone.clinic.evaluation.answering import known, trial
from kapstone.clinic.ground.people.pages import asked

YES_NO = (("yes", "Yes"), ("no", "No"), ("", "Not sure"))

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
        body: dict[str, object] = {name: known(self.cleaned_data[name]) for name, _, _ in ABOUT_ME}
        names = [name.strip() for name in self.cleaned_data["medicines_tried"].replace("\n", ",").split(",")]
        body["trials"] = [trial(name) for name in names if name] or None
        body["allergies"] = self.cleaned_data["allergies"]
        return body
