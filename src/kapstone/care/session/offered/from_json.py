"""Reads what a gateway sends as JSON: one device, or a list of at most 64.

`{"device": "SN-1", "at": "2026-11-18T15:30:00-05:00", "values": {"hr": {"value": 72, "unit": "/min"}}}`
"""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from kapstone.care.quantities import Instant
from kapstone.care.quantities.moments import instant
from kapstone.care.session.signals import BEDSIDE

from .codes import unit_fits
from .message import MOST_BYTES, MOST_SETS, MOST_VALUES, Offered, Unreadable, plain_number, serial_of

DEEPEST = 5
KEYS = frozenset({"device", "at", "values"})


def read_message(body: bytes) -> tuple[Offered, ...]:
    """Every set of the message. Unreadable where anything in it is: a message is taken whole or not at all."""
    if len(body) > MOST_BYTES:
        raise Unreadable(f"The message is longer than {MOST_BYTES} bytes.")
    found = _json(body)
    sets = found if isinstance(found, list) else [found]
    if not 1 <= len(sets) <= MOST_SETS:
        raise Unreadable(f"A message holds 1 to {MOST_SETS} sets.")
    return tuple(_set(one) for one in sets)


class _Number(str):
    """A number as it stood in the text: it is read by our own rule and never by a float."""


def _json(body: bytes) -> Any:
    try:
        text = body.decode("utf-8")
        if _depth(text) > DEEPEST:
            raise Unreadable("The message is nested too deep.")
        return json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_word, parse_int=_Number, parse_float=_Number
        )
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise Unreadable("The message is no JSON in UTF-8.") from None


def _depth(text: str) -> int:
    """How deep brackets nest, counted before anything is built. Brackets in a text count too, which only refuses."""
    deep = most = 0
    for sign in text:
        if sign in "[{":
            deep += 1
            most = max(most, deep)
        elif sign in "]}":
            deep -= 1
    return most


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable("A key stands twice in one object; send each once.")
    return found


def _no_word(name: str) -> Any:
    raise Unreadable("NaN and Infinity are no values; leave out what was not measured.")


def _set(one: Any) -> Offered:
    if not isinstance(one, dict) or not one.keys() <= KEYS or not {"device", "values"} <= one.keys():
        raise Unreadable("A set has device, at and values, and nothing else.")
    values = one["values"]
    if not isinstance(values, dict) or not 1 <= len(values) <= MOST_VALUES:
        raise Unreadable(f"values: an object with 1 to {MOST_VALUES} signals.")
    known = {key: _value(key, told) for key, told in values.items() if key in BEDSIDE}
    if not isinstance(one["device"], str) or isinstance(one["device"], _Number):
        raise Unreadable("device: the serial number as text.")
    return Offered(serial_of(one["device"]), _moment(one.get("at")), known, len(values) - len(known))


def _value(key: str, told: Any) -> Decimal:
    if not isinstance(told, dict) or told.keys() != {"value", "unit"}:
        raise Unreadable(f"{key}: an object with value and unit.")
    if not isinstance(told["value"], _Number):
        raise Unreadable(f"{key}: value is a number, not a text.")
    if not isinstance(told["unit"], str) or not unit_fits(key, told["unit"]):
        raise Unreadable(f"{key}: its unit is another than this signal has here.")
    return plain_number(str(told["value"]))


def _moment(told: object) -> Instant | None:
    if told is None:
        return None
    if not isinstance(told, str) or isinstance(told, _Number):
        raise Unreadable("at: a time as text, with its offset, such as 2026-11-18T15:30:00-05:00.")
    try:
        found = datetime.fromisoformat(told)
    except ValueError:
        raise Unreadable("at: a time with its offset, such as 2026-11-18T15:30:00-05:00.") from None
    if found.tzinfo is None:
        raise Unreadable("at: the offset is missing; without it an hour comes twice in autumn.")
    try:
        return instant(found)
    except (ValueError, OverflowError):
        raise Unreadable("at: a time that a calendar has.") from None
