"""Intake documents as JSON, read strictly: an unknown field or a wrong kind of value is refused by name."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import Any

from .instruments import instrument
from .intake import TRIAL_KINDS, Ask, BadIntake, Intake, Kind, Medicine, Trial, asks
from .strict_json import BadJson, read_json

MOST_WEEKS = 5200
MOST_MG = 100_000
MOST_ROWS = 60
LONGEST_NAME = 120


def write_intake(intake: Intake) -> str:
    """Canonical JSON of an intake: sorted keys, days as YYYY-MM-DD, null for not answered."""
    body = {each.name: plain_value(getattr(intake, each.name)) for each in fields(intake)}
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def plain_value(value: object) -> object:
    """A field's value as it may stand in a JSON document."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Trial | Medicine):
        return {name: plain_value(part) for name, part in asdict(value).items()}
    if isinstance(value, tuple):
        return [plain_value(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value


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
    for name in document:
        if name not in asks():
            raise BadIntake(f"“{name}” is not a field of the intake; the fields are {', '.join(sorted(asks()))}.")
    values: dict[str, Any] = {name: _value(name, value) for name, value in document.items()}
    return Intake(**values)


def _value(name: str, value: object) -> object:
    ask = asks()[name]
    if ask.kind == Kind.POINTS:
        return {} if value is None else _points(name, value)
    return None if value is None else READERS[ask.kind](name, value, ask)


def _switch(name: str, value: object, ask: Ask | None = None) -> bool:
    if not isinstance(value, bool):
        raise BadIntake(f"{name} is {value!r}; give true, false, or null for not answered.")
    return value


def _day(name: str, value: object, ask: Ask) -> date:
    try:
        if isinstance(value, str) and len(value) == len("2000-01-31"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise BadIntake(f"{name} is {value!r}; give a day as YYYY-MM-DD, or null for not answered.")


def _choice(name: str, value: object, ask: Ask) -> str:
    if not isinstance(value, str) or value not in ask.options:
        raise BadIntake(f"{name} is {value!r}; give {', '.join(ask.options)}, or null for not answered.")
    return value


def _number(name: str, value: object, ask: Ask) -> Decimal:
    return _between(name, value, ask.low, ask.high, ask.unit)


def _between(name: str, value: object, low: int, high: int, unit: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise BadIntake(f"{name} is {value!r}; give a number from {low} to {high} {unit}, or null for not answered.")
    return Decimal(str(value))


def _points(name: str, value: object) -> Mapping[str, int | None]:
    phq9 = instrument("phq-9")
    if not isinstance(value, dict):
        raise BadIntake(f"{name} is not an object; give link ids with their points.")
    for link_id, points in value.items():
        if link_id not in phq9.by_link_id:
            raise BadIntake(f"{name} holds “{link_id}”; its items are {', '.join(phq9.by_link_id)}.")
        if points is not None and (type(points) is not int or not 0 <= points <= phq9.highest):
            raise BadIntake(f"{name} item {link_id} is {points!r}; give 0 to {phq9.highest}, or null.")
    return value


def _rows(name: str, value: object) -> list[object]:
    if not isinstance(value, list):
        raise BadIntake(f"{name} is not a list; give a list, [] for none, or null for not answered.")
    if len(value) > MOST_ROWS:
        raise BadIntake(f"{name} has {len(value)} entries; give at most {MOST_ROWS}.")
    return value


def _trials(name: str, value: object, ask: Ask) -> tuple[Trial, ...]:
    rows = enumerate(_rows(name, value), start=1)
    return tuple(Trial(**_named(f"{name}, entry {n}", one, "drug", TRIAL_FIELDS)) for n, one in rows)


def _medicines(name: str, value: object, ask: Ask) -> tuple[Medicine, ...]:
    rows = enumerate(_rows(name, value), start=1)
    return tuple(Medicine(**_named(f"{name}, entry {n}", one, "name", MEDICINE_FIELDS)) for n, one in rows)


def _pressures(name: str, value: object, ask: Ask) -> tuple[tuple[int, int], ...]:
    found = []
    for number, pair in enumerate(_rows(name, value), start=1):
        right = isinstance(pair, list) and len(pair) == 2 and all(type(one) is int for one in pair)
        if not isinstance(pair, list) or not right or not 20 <= pair[1] < pair[0] <= 300:
            raise BadIntake(
                f"{name}, entry {number} is {pair!r}; give systolic and diastolic in mmHg, such as [128, 82]."
            )
        found.append((pair[0], pair[1]))
    return tuple(found)


Reader = Callable[[str, object], object]


def _named(where: str, value: object, key: str, known: Mapping[str, Reader]) -> dict[str, Any]:
    """One row of a list, with the name that it must have."""
    named = value.get(key) if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(named, str) or not 0 < len(named.strip()) <= LONGEST_NAME:
        raise BadIntake(f"{where} has no {key}; give its name as text of at most {LONGEST_NAME} letters.")
    row = {}
    for name, given in value.items():
        if name not in known:
            raise BadIntake(f"{where} holds “{name}”; its fields are {', '.join(known)}.")
        row[name] = None if given is None else known[name](f"{where}: {name}", given)
    return {name: given for name, given in row.items() if given is not None}


def _whole(low: int, high: int) -> Reader:
    def read(name: str, value: object) -> int:
        if type(value) is not int or not low <= value <= high:
            raise BadIntake(f"{name} is {value!r}; give a whole number from {low} to {high}, or null.")
        return value

    return read


def _trial_kind(name: str, value: object) -> str:
    if not isinstance(value, str) or value not in TRIAL_KINDS:
        raise BadIntake(f"{name} is {value!r}; give {', '.join(TRIAL_KINDS)}.")
    return value


def _mg(name: str, value: object) -> Decimal:
    return _between(name, value, 0, MOST_MG, "mg a day")


def _text(name: str, value: object) -> object:
    return value


TRIAL_FIELDS: Mapping[str, Reader] = {
    "drug": _text,
    "kind": _trial_kind,
    "daily_mg": _mg,
    "weeks": _whole(0, MOST_WEEKS),
    "taken_as_prescribed": _switch,
    "adequate_dose": _switch,
    # Below 0 is a worsening; a fall by more than all of the baseline cannot be.
    "response_percent": _whole(-1000, 100),
    "stopped_for_side_effects": _switch,
}
MEDICINE_FIELDS: Mapping[str, Reader] = {"name": _text, "daily_mg": _mg, "checked": _switch}
READERS: Mapping[Kind, Callable[[str, object, Ask], object]] = {
    Kind.YES_NO: _switch,
    Kind.DAY: _day,
    Kind.NUMBER: _number,
    Kind.CHOICE: _choice,
    Kind.TRIALS: _trials,
    Kind.MEDICINES: _medicines,
    Kind.PRESSURES: _pressures,
}
