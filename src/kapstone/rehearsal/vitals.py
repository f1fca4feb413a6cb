"""Invented vital signs around one dose: a baseline, the rise and fall that a format gives, and now and then an event.

The rise follows the course that the engine forecasts for the format, each person to a height of their own; the rest
is rough, for show.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from random import Random

from kapstone.care.evidence import default_policy
from kapstone.care.pharmacology import forecast
from kapstone.care.plan import FORMATS
from kapstone.care.plan.forecast import Asked, planned_regimen
from kapstone.care.quantities import Kg, Mg

Set = dict[str, Decimal]
"""One set of readings by signal."""

ADULT = Asked(weight=Kg(Decimal(70)), age_years=40)
USUAL_MG = {"iv": 35, "im": 35, "sc": 35, "sl": 150, "po": 50, "in-racemic": 50, "in-esketamine": 84}
"""A dose for the shape of the course alone; its height comes from the person."""


class Happening(StrEnum):
    """What goes otherwise than usual in a session."""

    PRESSURE = "pressure"
    PRESSURE_HIGH = "pressure_high"
    PRESSURE_NOW = "pressure_now"
    SLOW_BREATHING = "slow_breathing"


REMINDER = {
    Happening.PRESSURE: "high-systolic",
    Happening.PRESSURE_HIGH: "high-systolic",
    Happening.SLOW_BREATHING: "slow-breathing",
}
"""The reminder that each brings about; the one of this moment is not seen yet."""


@dataclass(frozen=True, slots=True)
class Body:
    """What is usual for one patient at rest."""

    sbp: int
    dbp: int
    hr: int
    rr: int
    spo2: int

    @staticmethod
    def of(rng: Random) -> "Body":
        """Somebody whose pressure lets a dose begin."""
        return Body(
            rng.randint(108, 126), rng.randint(66, 76), rng.randint(60, 80), rng.randint(14, 16), rng.randint(96, 98)
        )


def readings(
    body: Body, format_id: str, slots: Iterable[int], rng: Random, happening: Happening | None = None
) -> dict[int, Set]:
    """A full set for each slot, in minutes from clock zero."""
    rise = rng.uniform(8, 18)
    found = {slot: _set(body, rise, share(format_id, slot), rng) for slot in slots}
    if happening:
        for slot, values in _changed(happening, body, list(found)).items():
            found[slot] |= values
    return found


def share(format_id: str, minute: int) -> float:
    """How much of its highest rise the pressure has at this minute: from 0 to 1 and down again."""
    course = _course(format_id)
    return course[min(minute, len(course) - 1)]


@cache
def _course(format_id: str) -> tuple[float, ...]:
    """The typical rise of pressure minute by minute, as a share of its peak."""
    regimen = planned_regimen(FORMATS[format_id], Mg(Decimal(USUAL_MG[format_id])), default_policy())
    found = forecast(ADULT.person, regimen, draws=20, effects=("systolic_rise",))
    rise = found.effects["systolic_rise"].band.typical
    return tuple((rise / rise.max()).tolist())


def _set(body: Body, rise: float, share: float, rng: Random) -> Set:
    return {
        "hr": Decimal(body.hr + round(rise * 0.6 * share) + rng.randint(-3, 3)),
        "rr": Decimal(body.rr + rng.randint(-1, 1)),
        "spo2": Decimal(min(body.spo2 + rng.randint(-1, 1), 99)),
        "sbp": Decimal(body.sbp + round(rise * share) + rng.randint(-3, 3)),
        "dbp": Decimal(body.dbp + round(rise * 0.5 * share) + rng.randint(-2, 2)),
    }


def _changed(happening: Happening, body: Body, slots: list[int]) -> Mapping[int, Set]:
    """The values of an event, at the slots around the 30th minute."""
    near = min(slots, key=lambda slot: abs(slot - 30))
    after = next((slot for slot in slots if slot > near), near)
    match happening:
        case Happening.SLOW_BREATHING:
            return {near: {"rr": Decimal(9), "spo2": Decimal(94)}}
        case Happening.PRESSURE_HIGH:
            return {near: _pressure(body, 43), after: _pressure(body, 28)}
        case Happening.PRESSURE:
            return {near: _pressure(body, 33), after: _pressure(body, 24)}
        case Happening.PRESSURE_NOW:
            return {near: _pressure(body, 34)}


def _pressure(body: Body, rise: int) -> Set:
    return {"sbp": Decimal(body.sbp + rise), "dbp": Decimal(body.dbp + rise // 3), "hr": Decimal(body.hr + rise // 3)}
