"""Asking for a test, entering its result with units and document, reading it, and taking it back, as forms."""

from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from kapstone.care.evaluation import asks
from kapstone.care.evaluation.clearance import ClearanceTest, Did, Reading, Value, ValueKind
from kapstone.care.evaluation.clearance.kind import Result
from kapstone.clinic.evaluation.documents.actions import Upload, too_large

DAY_HINT = "For example 2026-11-20."
SPARE = 3
"""Empty rows of a series beyond those that must be there."""

MOST_ROWS = 30
BROKEN_OFF = (
    "The upload broke off, so the document is not kept. What you typed is still here: choose the document again."
)
AGAIN = "Nothing is saved yet, and a browser lets go of the file: choose the document again."


def day(label: str, required: bool = False, hint: str = DAY_HINT) -> forms.DateField:
    """A day, written as year, month, day."""
    wrong = f"{label}: write year, month, day, such as 2026-11-20."
    messages = {"invalid": wrong, "required": wrong}
    return forms.DateField(label=label, required=required, help_text=hint, error_messages=messages)


def field_of(value: Value) -> forms.Field:
    """The field for one value, with its unit and a sentence that names its bounds."""
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value", "invalid_choice"), value.bounds)
    if value.kind == ValueKind.CHOICE:
        return forms.ChoiceField(
            label=value.words,
            choices=value.options,
            widget=forms.RadioSelect,
            help_text=value.hint,
            error_messages=messages,
            required=value.required,
        )
    field = forms.DecimalField(
        label=value.words,
        min_value=value.low,
        max_value=value.high,
        help_text=value.hint,
        error_messages=messages,
        required=value.required,
    )
    field.unit = value.unit  # type: ignore[attr-defined]
    return field


class AskForm(forms.Form):
    """Asks for a test."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    due_on = day("Needed by", hint="For example 2026-11-20. Without a day it is due by the next dose.")
    why = forms.CharField(
        label="Why", required=False, max_length=2000, widget=forms.Textarea({"rows": 2}), help_text="For the record."
    )


class ReadingRow(forms.Form):
    """One reading of a pressure series, on the clinic's clock."""

    day = day("Day", hint="")
    time = forms.TimeField(
        label="Time",
        required=False,
        input_formats=["%H:%M", "%I:%M %p", "%I:%M%p"],
        error_messages={"invalid": "Time: write hours and minutes, such as 14:30."},
    )

    def __init__(self, zone: ZoneInfo, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        for name, words in (("systolic_mmhg", "Upper (systolic)"), ("diastolic_mmhg", "Lower (diastolic)")):
            ask = asks()[name]
            wrong = f"{words}: write a whole number from {ask.low} to {ask.high} mm Hg."
            self.fields[name] = forms.IntegerField(
                label=words,
                min_value=ask.low,
                max_value=ask.high,
                required=False,
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
            )
            self.fields[name].unit = "mm Hg"  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.quiet = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A row is whole or empty; the lower pressure is below the upper one."""
        values = super().clean() or self.cleaned_data
        if self.errors or all(one is None for one in values.values()):
            return values
        for name, one in values.items():
            if one is None:
                self.add_error(name, f"{self.fields[name].label}: write it, or clear the whole row.")
        if not self.errors and values["diastolic_mmhg"] >= values["systolic_mmhg"]:
            self.add_error("diastolic_mmhg", "Lower (diastolic): it is below the upper one; check both.")
        return values

    def reading(self) -> list[object] | None:
        """The row as it is kept; None for an empty one."""
        values = self.cleaned_data
        if values.get("day") is None:
            return None
        at = datetime.combine(values["day"], values["time"], tzinfo=self.zone)
        return [at.isoformat(), values["systolic_mmhg"], values["diastolic_mmhg"]]


class ResultForm(forms.Form):
    """Enters a result: its day, its values with their units, a note, and the document.

    `whole` stands last on the page, behind the file: where it is missing, the upload broke off.
    """

    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 2}),
        help_text="What else it says.",
    )
    document = forms.FileField(
        label="Document",
        required=False,
        allow_empty_file=True,
        max_length=10_000,
        help_text="PDF, PNG or JPEG, at most 10 MB. It is encrypted, and opened by clinicians only.",
        widget=forms.FileInput({"accept": ".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"}),
        error_messages={"invalid": BROKEN_OFF},
    )

    def __init__(self, test: ClearanceTest, zone: ZoneInfo, readings: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.test = test
        self.names = [one.name for one in test.values if one.kind != ValueKind.PRESSURES]
        own = {one.name: field_of(one) for one in test.values if one.name in self.names}
        series = len(self.names) < len(test.values)
        taken: dict[str, forms.Field] = {} if series else {"taken_on": day(test.taken, required=True)}
        self.fields = {
            "once": self.fields["once"],
            **taken,
            **own,
            "note": self.fields["note"],
            "document": self.fields["document"],
        }
        self.rows = _rows(zone, readings, self.data if self.is_bound else None) if series else []

    def clean(self) -> dict[str, Any]:
        """Says which reading is wrong, that an upload broke off, and that a file must be chosen again."""
        values = super().clean() or self.cleaned_data
        for number, row in enumerate(self.rows, start=1):
            for sentence in (one for many in row.errors.values() for one in many):
                self.add_error(None, f"Reading {number}: {sentence}")
        if "whole" not in self.data:
            self.add_error("document", BROKEN_OFF)
        else:
            self.let_go()
        return values

    def let_go(self) -> None:
        """Says that the file must be chosen again, where the form comes back."""
        if self.errors and self.files.get("document") and "document" not in self.errors:
            self.add_error("document", AGAIN)

    def clean_document(self) -> Upload | None:
        """The file with its name; refused above the bound."""
        given = self.cleaned_data["document"]
        if not isinstance(given, UploadedFile):
            return None
        if (given.size or 0) > settings.UPLOAD_MOST_BYTES:
            raise forms.ValidationError(too_large())
        return Upload(given.name or "", given.read())

    def values(self) -> dict[str, object]:
        """What was copied from the result."""
        found: dict[str, object] = {name: self.cleaned_data[name] for name in self.names}
        if self.rows:
            found["readings"] = [one for one in (row.reading() for row in self.rows) if one is not None]
        return found


def _rows(zone: ZoneInfo, readings: int, data: Any) -> list[ReadingRow]:
    count = str(data.get("rows", "")) if data else ""
    many = min(max(int(count) if count.isdigit() else 0, readings + SPARE), MOST_ROWS)
    return [ReadingRow(zone, data, prefix=f"reading-{number}") for number in range(many)]


class ReadForm(forms.Form):
    """A prescriber reads a result."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    verdict = forms.ChoiceField(
        label="Your reading",
        choices=[(one.value, one.words) for one in Reading],
        widget=forms.RadioSelect,
        error_messages={"required": "Your reading: choose one."},
    )
    words = forms.CharField(
        label="What you saw",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Write it where there is something to weigh, or where the result is not used.",
    )

    def __init__(self, test: ClearanceTest, result: Result, latest: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = test.judged if test.judged_if(result) else ()
        self.judged = [one.name for one in asked]
        own = {one.name: field_of(one) for one in asked}
        for field in own.values():
            field.required = False
            field.quiet = True  # type: ignore[attr-defined]
        recheck = day(
            "Counts up to", hint=f"The policy's last day is {latest}. Give an earlier one to look again sooner."
        )
        own_fields = self.fields
        self.fields = {
            "once": own_fields["once"],
            "verdict": own_fields["verdict"],
            **own,
            "words": own_fields["words"],
            "recheck_on": recheck,
        }


class ErrorForm(forms.Form):
    """Marks a result as entered in error."""

    why = forms.CharField(
        label="What is wrong with it",
        help_text="For example: another patient's paper. The result stays in the record, marked.",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "What is wrong with it: write it, in at least a few words."},
    )


class CloseForm(forms.Form):
    """Takes a test back."""

    how = forms.ChoiceField(
        label="What happens to it",
        choices=((Did.WITHDRAWN.value, "Withdraw it"), (Did.NOT_NEEDED.value, "Mark it as not needed")),
        widget=forms.RadioSelect,
        error_messages={"required": "What happens to it: choose one."},
    )
    why = forms.CharField(
        label="Why",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Why: write it, in at least a few words."},
    )
