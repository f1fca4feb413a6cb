"""The rise of systolic pressure with esketamine in blood; the right-handed half adds about nothing."""

import numpy as np

from kapstone.care.evidence import claim
from kapstone.care.pharmacology.models.expression import Array

from .effect import Course, Effect, Spread, between
from .effect_site import at_effect_site, half_times_min


def applies(course: Course) -> str:
    """Always: a slope is known for arterial and for venous blood, and where neither is known one between is drawn."""
    return ""


def rise(course: Course, spread: Spread) -> Array:
    """mmHg above the pressure before the dose, shape (times, people)."""
    known = claim("effect-systolic-pressure")
    slope = _slope(course.site, spread["site"])
    spread_sd = np.sqrt(np.log(1 + float(known.figure("slope_cv")) ** 2))
    each = slope * np.exp(spread_sd * spread["slope"])
    seen = course.parent * course.esketamine_share
    if course.site == "arterial":
        seen = at_effect_site(course.times_min, seen, half_times_min(spread["lag"]))
    return np.asarray(each * seen)


def _slope(site: str, normal: Array) -> Array:
    """mmHg for each ng/mL, shape (people,)."""
    known = claim("effect-systolic-pressure")
    low, high = float(known.figure("slope_arterial")), float(known.figure("slope_venous"))
    if site in ("arterial", "venous"):
        return np.full_like(normal, low if site == "arterial" else high)
    return between(low, high, normal)


EFFECT = Effect(
    id="systolic_rise",
    title="Rise of systolic pressure",
    unit="mmHg",
    claim="effect-systolic-pressure",
    over_time=True,
    normals=("slope", "lag", "site"),
    applies=applies,
    of=rise,
)
