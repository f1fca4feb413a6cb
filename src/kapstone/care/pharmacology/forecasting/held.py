"""Readings held against a forecast: where two in a row lie far outside it, the forecast is wrong and is dropped.

A reading is never hidden and never judged by a forecast; it is the forecast that goes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kapstone.care.evidence import claim
from kapstone.care.pharmacology.models.expression import Array

from .values import Band

BAND_SDS = 2 * 1.645
"""From the 5th to the 95th percentile of a normal."""


@dataclass(frozen=True, slots=True)
class Held:
    """`dropped_at_min` is the minute from which nothing is forecast any more, None where it holds; `why` says it."""

    dropped_at_min: float | None
    why: str


def held_against(times_min: Array, band: Band, readings: Sequence[tuple[float, float]], what: str, unit: str) -> Held:
    """Holds readings (minute, value) against a band of the same quantity, in order of time.

    A band's width and the error of a reading make one standard deviation; the claim says how many of them, and how
    many readings in a row, are too far. Readings outside the forecast's minutes are passed over.
    """
    known = claim("forecast-dropped")
    error, far, row = (float(known.figure(name)) for name in ("reading_sd", "sds_away", "in_a_row"))
    run = 0
    for minute, value in sorted(readings):
        if not times_min[0] <= minute <= times_min[-1]:
            continue
        middle, low, high = (float(np.interp(minute, times_min, each)) for each in (band.p50, band.p5, band.p95))
        sd = np.hypot((high - low) / BAND_SDS, error)
        run = run + 1 if abs(value - middle) > far * sd else 0
        if run >= row:
            return Held(
                minute,
                f"The forecast of {what} is dropped at minute {minute:g}: {row:g} readings in a row, the last "
                f"{value:g} {unit}, lie more than {far:g} standard deviations from it (it said {middle:.0f} {unit}).",
            )
    return Held(None, "")
