"""Judges one set of readings before anything is made of it: what may be used, what is lost, what cannot be true.

Zero is three different things. All channels of one sensor at zero is a lost signal. No breaths beside a live
heart is a patient to look at, and so are very few that a person counted. Any other zero is a value that cannot be
true. Nothing is thrown away: what is not used is still shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant

from .signals import HEART, SIGNALS, Sensor, channels


class Standing(StrEnum):
    """What one value is good for."""

    USED = "used"
    LOST = "signal lost"
    IMPLAUSIBLE = "implausible"
    NO_BREATHS = "no breaths counted"


@dataclass(frozen=True, slots=True)
class Judged:
    """One value with its standing."""

    signal: str
    value: Decimal
    standing: Standing


@dataclass(frozen=True, slots=True)
class Latest:
    """A value with its standing and the moment it was true."""

    judged: Judged
    at: Instant


ORDER = tuple(SIGNALS)
CUFF_PAIR = ("sbp", "dbp")
BELIEVED = (Standing.USED, Standing.NO_BREATHS)
"""What is a measurement: it fills a set, is drawn and printed, and may be taken from a device."""


def judge(values: Mapping[str, Decimal], policy: Policy, *, typed: bool = False) -> dict[str, Judged]:
    """The standing of every measured value; a signal that is not in `values` was not measured. ValueError for a
    signal that is none of ours.

    `typed` values were counted by a person: a zero is then no cable, and no breaths are no breaths."""
    lost = set() if typed else {key for sensor in Sensor for key in _lost_channels(sensor, values)}
    found = {}
    # In one order whatever the order of writing, so that stored bytes and a live line give the same record.
    for key in sorted(values, key=ORDER.index):
        found[key] = Judged(key, values[key], _standing(key, values, lost, policy, typed))
    return found


def _lost_channels(sensor: Sensor, values: Mapping[str, Decimal]) -> tuple[str, ...]:
    if sensor is Sensor.PERSON:
        return ()
    measured = tuple(key for key in channels(sensor) if key in values)
    # One channel alone cannot tell a cable from a patient, so it takes two zeros to call a signal lost.
    return measured if len(measured) > 1 and all(values[key] == 0 for key in measured) else ()


def _standing(key: str, values: Mapping[str, Decimal], lost: set[str], policy: Policy, typed: bool) -> Standing:
    value = values[key]
    if key in lost:
        return Standing.LOST
    low = policy.number(f"session.plausible.{key}_low")
    high = policy.number(f"session.plausible.{key}_high")
    if key == "rr" and value == 0 and (typed or _heart_may_be_live(values, lost)):
        return Standing.NO_BREATHS
    if key == "rr" and value < low and typed:
        return Standing.USED
    return Standing.USED if low <= value <= high and not _swapped(key, values) else Standing.IMPLAUSIBLE


def _swapped(key: str, values: Mapping[str, Decimal]) -> bool:
    """Whether this is half of a pressure whose systolic is not the higher one: neither half is believed then."""
    return key in CUFF_PAIR and all(one in values for one in CUFF_PAIR) and values["sbp"] <= values["dbp"]


def _heart_may_be_live(values: Mapping[str, Decimal], lost: set[str]) -> bool:
    """True unless a heart signal that works says otherwise; with none measured we assume the worst."""
    working = [values[key] for key in HEART if key in values and key not in lost]
    return not working or any(value > 0 for value in working)


def unit_of(signal: str) -> str:
    """The unit of a signal."""
    return SIGNALS[signal].unit
