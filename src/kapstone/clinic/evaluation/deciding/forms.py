"""What a clinician asked and found, the decision, and the second prescriber's answer, as forms."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms

from kapstone.care.evaluation import Intake, asks
from kapstone.care.plan import FORMATS
from kapstone.clinic.evaluation.deciding.fields import KINDS, field_of, initial, stored
from kapstone.clinic.evaluation.deciding.rows import MedicineRow, TrialRow, entries, rows, said_before

LISTS = {"trials": (TrialRow, "drug"), "medicines": (MedicineRow, "name")}
GIVEN = frozenset({"birth_date", "evaluated_on", "consent_signed"})
"""Fields that the record gives; nobody types them here."""


class ClinicianForm(forms.Form):
    """Every question of the intake. Only what was changed on the page is saved, under the clinician's name."""

    none_taken = forms.BooleanField(label="Takes no medicines", required=False)

    def __init__(self, intake: Intake, *args: Any, **kwargs: Any) -> None:
        self.names = [name for name, ask in asks().items() if ask.kind in KINDS and name not in GIVEN]
        kwargs["initial"] = initial(intake, self.names) | {"none_taken": intake.medicines == ()}
        super().__init__(*args, **kwargs)
        self.intake = intake
        for name in self.names:
            self.fields[name] = field_of(asks()[name])
        data = self.data if self.is_bound else None
        self.rows = {name: rows(row, key, name, data, getattr(intake, name)) for name, (row, key) in LISTS.items()}

    def is_valid(self) -> bool:
        """Whether the questions and every row of the lists can be read."""
        return all([super().is_valid(), *(one.is_valid() for many in self.rows.values() for one in many)])

    def clean(self) -> dict[str, Any]:
        """Refuses both a medicine and “takes none”."""
        values = super().clean() or self.cleaned_data
        if values.get("none_taken") and any(self.data.get(f"medicines-{n}-name") for n in range(40)):
            self.add_error("none_taken", "Takes no medicines: untick this, or clear the medicines.")
        return values

    def body(self) -> dict[str, object]:
        """What was changed, as it is stored."""
        changed = {name: stored(self.cleaned_data[name]) for name in self.changed_data if name in self.names}
        for name, (row, key) in LISTS.items():
            told = entries(self.rows[name], key)
            if told != said_before(self.intake, name, row):
                changed[name] = told or None
        if self.cleaned_data["none_taken"] and "medicines" not in changed:
            changed["medicines"] = []
        return changed


class DecisionForm(forms.Form):
    """The prescriber decides, for themselves and for the patient."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    outcome = forms.ChoiceField(
        label="Decision",
        choices=(("offer", "Offer treatment"), ("not_now", "Not now"), ("decline", "Decline")),
        widget=forms.RadioSelect,
        error_messages={"required": "Decision: choose one."},
    )
    formats = forms.MultipleChoiceField(
        label="Formats to offer",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Formats to offer: one of them is no longer open. Choose again."},
    )
    reason = forms.CharField(label="Your reason, for the record", widget=forms.Textarea({"rows": 3}), max_length=4000)
    for_patient = forms.CharField(
        label="What the patient will read",
        help_text="Plain words: the reason, and what happens next.",
        widget=forms.Textarea({"rows": 3}),
        max_length=4000,
    )

    def __init__(self, possible: Iterable[str], blocked: Iterable[str], *args: Any, **kwargs: Any) -> None:
        possible = list(possible)
        kwargs["initial"] = {"formats": possible}
        super().__init__(*args, **kwargs)
        choices = [(name, FORMATS[name].name) for name in possible]
        choices += [(name, f"{FORMATS[name].name} (blocked: needs a second prescriber)") for name in blocked]
        formats = self.fields["formats"]
        assert isinstance(formats, forms.MultipleChoiceField)
        formats.choices = choices
        if not choices:
            formats.help_text = "None is open now."


class OverrideForm(DecisionForm):
    """The same, and why the block is set aside."""

    override_reason = forms.CharField(
        label="Why you set it aside",
        help_text="A second prescriber reads this and answers for themselves.",
        widget=forms.Textarea({"rows": 4}),
        max_length=4000,
        required=False,
    )


class SecondForm(forms.Form):
    """The second prescriber answers."""

    agrees = forms.ChoiceField(
        label="Your answer",
        choices=(("yes", "I agree to offer it"), ("no", "I do not agree")),
        widget=forms.RadioSelect,
        error_messages={"required": "Your answer: choose one."},
    )
    reason = forms.CharField(label="Your reason, for the record", widget=forms.Textarea({"rows": 4}), max_length=4000)
    consultant = forms.CharField(
        label="Outside consultant",
        help_text="Only where you are the clinic's one prescriber: name, and how to reach them.",
        required=False,
        max_length=200,
    )
    consulted_on = forms.DateField(
        label="Day of the consultation",
        required=False,
        help_text="For example 2026-11-20.",
        error_messages={"invalid": "Day of the consultation: write year, month, day, such as 2026-11-20."},
    )
