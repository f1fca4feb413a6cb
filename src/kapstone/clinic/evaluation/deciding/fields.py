"""A form field for each question of an intake, so that a clinician can answer or correct every one."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django import forms

from kapstone.care.evaluation import Ask, Intake, Kind
from kapstone.clinic.ground.people.pages import asked

ASKED = (("yes", "Yes"), ("no", "No"), ("", "Not asked yet"))
CHOSEN: Mapping[str, str] = {
    "mdd": "Major depression",
    "bipolar": "Bipolar depression",
    "other": "Other",
    "trd": "Depression that resists treatment",
    "mdsi": "Depression with acute suicidal thoughts",
    "none": "None",
    "a": "Child-Pugh A",
    "b": "Child-Pugh B",
    "c": "Child-Pugh C",
}
"""The words of an intake's choices on a form."""

KINDS = frozenset({Kind.YES_NO, Kind.DAY, Kind.NUMBER, Kind.CHOICE})
"""Kinds that one field can answer; lists and questionnaires have forms of their own."""


def field_of(ask: Ask) -> forms.Field:
    """The field for one question. What the page showed goes along, so that only what was changed is saved."""
    label = ask.words[:1].upper() + ask.words[1:]
    if ask.kind == Kind.YES_NO:
        field: forms.Field = asked(
            forms.ChoiceField(
                label=label, choices=ASKED, widget=forms.RadioSelect, required=False, show_hidden_initial=True
            )
        )
    elif ask.kind == Kind.CHOICE:
        choices = [("", "Not decided"), *((one, CHOSEN.get(one, one)) for one in ask.options)]
        field = forms.ChoiceField(label=label, choices=choices, required=False, show_hidden_initial=True)
    elif ask.kind == Kind.DAY:
        wrong = f"{label}: write year, month, day, such as 2026-11-20."
        field = forms.DateField(
            label=label,
            help_text="For example 2026-11-20.",
            error_messages={"invalid": wrong},
            required=False,
            show_hidden_initial=True,
        )
    else:
        # A percent sign would be read as a gap to fill in.
        unit = ask.unit.replace("%", "percent")
        wrong = f"{label}: write a number from {ask.low} to {ask.high} {unit}."
        messages = {"invalid": wrong, "min_value": wrong, "max_value": wrong}
        field = forms.DecimalField(
            label=label,
            min_value=ask.low,
            max_value=ask.high,
            error_messages=messages,
            required=False,
            show_hidden_initial=True,
        )
        field.unit = ask.unit  # type: ignore[attr-defined]
    field.quiet = True  # type: ignore[attr-defined]
    return field


def shown(value: object) -> object:
    """A value of the intake as its field shows it."""
    return {True: "yes", False: "no", None: ""}.get(value, value) if isinstance(value, bool | None) else value


def stored(value: object) -> object:
    """What a field gave, as the history keeps it: a blank is not answered."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return {"yes": True, "no": False, "": None}.get(value, value) if isinstance(value, str) else value


def initial(intake: Intake, names: list[str]) -> dict[str, object]:
    """What is known, as the fields show it."""
    return {name: shown(getattr(intake, name)) for name in names}
