"""Rows of a list on a form: treatments that were tried, and medicines that are taken now."""

from typing import Any

from django import forms

from kapstone.care.evaluation import TRIAL_KINDS, Intake
from kapstone.clinic.evaluation.deciding.fields import ASKED, shown, stored

SPARE = 2
"""Empty rows beyond those that are filled."""

KIND_WORDS = {
    "antidepressant": "Antidepressant",
    "augmentation": "Added to an antidepressant",
    "psychotherapy": "Talking therapy",
    "ect": "ECT",
    "tms": "TMS",
}


def _number(label: str, low: int, high: int) -> forms.IntegerField:
    wrong = f"{label}: write a whole number from {low} to {high}."
    messages = {"invalid": wrong, "min_value": wrong, "max_value": wrong}
    return forms.IntegerField(label=label, min_value=low, max_value=high, required=False, error_messages=messages)


def _yes_no(label: str, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=hint, choices=ASKED, required=False)


class Row(forms.Form):
    """One entry of a list; a row without a name is left out, so nothing in it is marked optional."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.quiet = True  # type: ignore[attr-defined]
        self.fields["daily_mg"].unit = "mg"  # type: ignore[attr-defined]


class TrialRow(Row):
    """One treatment of the episode."""

    drug = forms.CharField(label="Treatment", required=False, max_length=120)
    kind = forms.ChoiceField(label="Kind", choices=[(one, KIND_WORDS[one]) for one in TRIAL_KINDS], required=False)
    daily_mg = forms.DecimalField(label="Highest daily dose", min_value=0, max_value=100_000, required=False)
    weeks = _number("Weeks", 0, 520)
    taken_as_prescribed = _yes_no("Taken as prescribed")
    adequate_dose = _yes_no(
        "At an effective dose", "Leave open where the dose tells; your word counts over the table."
    )
    response_percent = _number("Improvement, percent", -100, 100)
    stopped_for_side_effects = _yes_no("Stopped for side effects")


class MedicineRow(Row):
    """One medicine that is taken now."""

    name = forms.CharField(label="Medicine", required=False, max_length=120)
    daily_mg = forms.DecimalField(label="Daily dose", min_value=0, max_value=100_000, required=False)
    checked = _yes_no("Looked up by me")


def rows(row: type[forms.Form], key: str, prefix: str, data: Any, known: Any) -> "list[forms.Form]":
    """A form for each entry that is known, and a few empty ones. `known` is None where nobody asked."""
    count = int(data.get(f"{prefix}-count", 0)) if data and str(data.get(f"{prefix}-count", "")).isdigit() else 0
    entries = list(known or ())
    many = min(max(count, len(entries) + SPARE), 40)
    found = []
    for number in range(many):
        one = entries[number] if number < len(entries) else None
        initial = {name: shown(getattr(one, name)) for name in row.base_fields} if one else {}
        found.append(row(data or None, prefix=f"{prefix}-{number}", initial=initial))
    return found


def entries(forms_: "list[forms.Form]", key: str) -> list[dict[str, object]]:
    """What the filled rows say. Valid rows only."""
    return [
        {name: stored(value) for name, value in one.cleaned_data.items()}
        for one in forms_
        if one.cleaned_data.get(key)
    ]


def said_before(intake: Intake, field: str, row: type[forms.Form]) -> list[dict[str, object]]:
    """The entries as they are known, in the shape in which rows give them."""
    return [
        {name: stored(shown(getattr(one, name))) for name in row.base_fields} for one in getattr(intake, field) or ()
    ]
