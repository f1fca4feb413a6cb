"""Reads what a gateway sends as JSON: one device, or a list of at most 64.

`{"device": "SN-1", "at": "2026-11-18T15:30:00-05:00", "values": {"hr": {"value": 72, "unit": "/min"}}}`
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from kapstone.care.evaluation.strict_json import NO_JSON, BadJson, Written, read_json
from kapstone.care.quantities import Instant
from kapstone.care.quantities.moments import instant
from kapstone.care.session.signals import BEDSIDE

from .codes import unit_fits
from .message import MOST_BYTES, MOST_SETS, MOST_VALUES, Offered, Unreadable, plain_number, serial_of

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


def _json(body: bytes) -> object:
    try:
        return read_json(body.decode("utf-8"), written=True)
    except UnicodeDecodeError:
        raise Unreadable(NO_JSON) from None
    except BadJson as said:
        raise Unreadable(said.plainly) from None


def _set(one: Any) -> Offered:
    if not isinstance(one, dict) or not one.keys() <= KEYS or not {"device", "values"} <= one.keys():
        raise Unreadable("A set has device, at and values, and nothing else.")
    values = one["values"]
    if not isinstance(values, dict) or not 1 <= len(values) <= MOST_VALUES:
        raise Unreadable(f"values: an object with 1 to {MOST_VALUES} signals.")
    known = {key: _value(key, told) for key, told in values.items() if key in BEDSIDE}
    if not isinstance(one["device"], str) or isinstance(one["device"], Written):
        raise Unreadable("device: the serial number as text.")
    return Offered(serial_of(one["device"]), _moment(one.get("at")), known, len(values) - len(known))


def _value(key: str, told: Any) -> Decimal:
    if not isinstance(told, dict) or told.keys() != {"value", "unit"}:
        raise Unreadable(f"{key}: an object with value and unit.")
    if not isinstance(told["value"], Written):
        raise Unreadable(f"{key}: value is a number, not a text.")
    if not isinstance(told["unit"], str) or not unit_fits(key, told["unit"]):
        raise Unreadable(f"{key}: its unit is another than this signal has here.")
    return plain_number(str(told["value"]))


def _moment(told: object) -> Instant | None:
    if told is None:
        return None
    if not isinstance(told, str) or isinstance(told, Written):
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
