"""Reads the values of a result strictly, by the bounds of its kind, and writes them as plain values."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from kapstone.care.evaluation.intake import asks
from kapstone.care.quantities.moments import instant

from .kind import BadResult, Given, Pressure, Result, Value, ValueKind

MOST_READINGS = 30


def read_result(values: Iterable[Value], given: Mapping[str, object], readings: int = 1) -> Result:
    """The values of a result. BadResult for what is missing, out of bounds, or too few `readings` of a series."""
    return {one.name: _value(one, given[one.name], readings) for one in values if _is_given(one, given)}


def plain_result(result: Result) -> dict[str, object]:
    """The same as it may stand in a JSON document; `read_result` reads it back."""
    return {name: _plain(value) for name, value in result.items()}


def _is_given(one: Value, given: Mapping[str, object]) -> bool:
    if given.get(one.name) not in (None, ""):
        return True
    if one.required:
        raise BadResult(one.name, one.bounds)
    return False


def _value(one: Value, raw: object, readings: int) -> Given:
    if one.kind == ValueKind.PRESSURES:
        return _series(one, raw, readings)
    if one.kind == ValueKind.CHOICE:
        if raw not in dict(one.options):
            raise BadResult(one.name, one.bounds)
        return str(raw)
    try:
        number = Decimal(str(raw))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not one.low <= number <= one.high:
        raise BadResult(one.name, one.bounds)
    return number


def _series(one: Value, raw: object, readings: int) -> tuple[Pressure, ...]:
    if not isinstance(raw, list | tuple) or not readings <= len(raw) <= MOST_READINGS:
        raise BadResult(one.name, f"{one.words}: write at least {readings} and at most {MOST_READINGS} readings.")
    found = sorted(_pressure(one, number, each) for number, each in enumerate(raw, start=1))
    if len({each.at for each in found}) < len(found):
        raise BadResult(one.name, f"{one.words}: two readings have the same day and time; write each once.")
    return tuple(found)


def _pressure(one: Value, number: int, raw: object) -> Pressure:
    high, low = asks()["systolic_mmhg"], asks()["diastolic_mmhg"]
    parts: list[Any] = list(raw) if isinstance(raw, list | tuple) else []
    try:
        at, systolic, diastolic = parts
        moment = instant(at if isinstance(at, datetime) else datetime.fromisoformat(at))
    except (TypeError, ValueError):
        raise BadResult(one.name, f"Reading {number}: write the day, the time and both pressures.") from None
    if type(systolic) is not int or not high.low <= systolic <= high.high:
        raise BadResult(
            one.name, f"Reading {number}: write the upper pressure as a number from {high.low} to {high.high} mm Hg."
        )
    if type(diastolic) is not int or not low.low <= diastolic <= low.high:
        raise BadResult(
            one.name, f"Reading {number}: write the lower pressure as a number from {low.low} to {low.high} mm Hg."
        )
    if diastolic >= systolic:
        raise BadResult(one.name, f"Reading {number}: the lower pressure is below the upper one; check both.")
    return Pressure(moment, systolic, diastolic)


def _plain(value: Given) -> object:
    if isinstance(value, tuple):
        return [[each.at.isoformat(), each.systolic_mmhg, each.diastolic_mmhg] for each in value]
    return str(value)
