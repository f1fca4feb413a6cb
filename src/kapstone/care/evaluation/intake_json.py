"""Intake documents as JSON, read strictly: an unknown field or a wrong kind of value is refused by name."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from .instruments import instrument
from .intake import DIAGNOSES, BadIntake, Intake, Trial
from .strict_json import BadJson, read_json

DATES = frozenset({"birth_date", "evaluated_on", "last_pregnancy_test"})
MOST_WEEKS = 5200


def write_intake(intake: Intake) -> str:
    """Canonical JSON of an intake: sorted keys, days as YYYY-MM-DD, null for not answered."""
    body = {each.name: getattr(intake, each.name) for each in fields(intake)}
    body["phq9"] = dict(intake.phq9)
    body["trials"] = None if intake.trials is None else [asdict(trial) for trial in intake.trials]
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)


def read_intake(text: str) -> Intake:
    """Reads what write_intake wrote, or less of it written by hand. BadIntake says what is wrong."""
    try:
        document = read_json(text)
    except BadJson as problem:
        raise BadIntake(f"The intake cannot be read: {problem}") from None
    return intake_from(document)


def intake_from(document: object) -> Intake:
    """An Intake from a document that is already read. BadIntake names the field and what would be right."""
    if not isinstance(document, dict):
        raise BadIntake("The intake is not one JSON object; give an object of fields.")
    known = {each.name for each in fields(Intake)}
    for name in document:
        if name not in known:
            raise BadIntake(f"“{name}” is not a field of the intake; the fields are {', '.join(sorted(known))}.")
    values: dict[str, Any] = {name: _value(name, value) for name, value in document.items()}
    return Intake(**values)


def _value(name: str, value: object) -> object:
    if name == "phq9":
        return {} if value is None else _phq9(value)
    if value is None:
        return None
    if name in DATES:
        return _day(name, value)
    reader = {"trials": _trials, "diagnosis": _diagnosis}.get(name)
    return _switch(name, value) if reader is None else reader(value)


def _switch(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadIntake(f"{name} is {value!r}; give true, false, or null for not answered.")
    return value


def _day(name: str, value: object) -> date:
    try:
        if isinstance(value, str) and len(value) == len("2000-01-31"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise BadIntake(f"{name} is {value!r}; give a day as YYYY-MM-DD, or null for not answered.")


def _diagnosis(value: object) -> str:
    if value not in DIAGNOSES:
        raise BadIntake(f"diagnosis is {value!r}; give {', '.join(DIAGNOSES)}, or null for not answered.")
    return str(value)


def _phq9(value: object) -> Mapping[str, int | None]:
    phq9 = instrument("phq-9")
    if not isinstance(value, dict):
        raise BadIntake("phq9 is not an object; give link ids with their points.")
    for link_id, points in value.items():
        if link_id not in phq9.by_link_id:
            raise BadIntake(f"phq9 holds “{link_id}”; its items are {', '.join(phq9.by_link_id)}.")
        if points is not None and (type(points) is not int or not 0 <= points <= phq9.highest):
            raise BadIntake(f"phq9 item {link_id} is {points!r}; give 0 to {phq9.highest}, or null.")
    return value


def _trials(value: object) -> tuple[Trial, ...]:
    if not isinstance(value, list):
        raise BadIntake("trials is not a list; give a list of trials, [] for none, or null for not answered.")
    return tuple(_trial(number, one) for number, one in enumerate(value, start=1))


def _trial(number: int, value: object) -> Trial:
    where = f"trials, entry {number}"
    if not isinstance(value, dict) or not isinstance(value.get("drug"), str) or not value["drug"].strip():
        raise BadIntake(f"{where} has no drug; give its name as text.")
    for name, given in value.items():
        if name not in TRIAL_FIELDS:
            raise BadIntake(f"{where} holds “{name}”; its fields are {', '.join(TRIAL_FIELDS)}.")
        if given is not None:
            TRIAL_FIELDS[name](f"{where}: {name}", given)
    return Trial(**value)


def _whole(low: int, high: int) -> Callable[[str, object], object]:
    def read(name: str, value: object) -> int:
        if type(value) is not int or not low <= value <= high:
            raise BadIntake(f"{name} is {value!r}; give a whole number from {low} to {high}, or null.")
        return value

    return read


TRIAL_FIELDS: Mapping[str, Callable[[str, object], object]] = {
    "drug": lambda name, value: value,
    "weeks": _whole(0, MOST_WEEKS),
    "adequate_dose": _switch,
    # Below 0 is a worsening; a fall by more than all of the baseline cannot be.
    "response_percent": _whole(-1000, 100),
    "stopped_for_side_effects": _switch,
}
