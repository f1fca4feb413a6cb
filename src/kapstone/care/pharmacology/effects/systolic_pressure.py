"""The rise of systolic pressure with esketamine in blood; the right-handed half adds about nothing."""

import numpy as np

from kapstone.care.evidence import claim
from kapstone.care.pharmacology.models.expression import Array

from .effect import Course, Effect, Spread
from .effect_site import at_effect_site, half_times_min


def applies(course: Course) -> str:
    """Slopes are known for arterial and for venous blood, each its own."""
    return "" if course.site in ("arterial", "venous") else "Where the blood was taken is not known."


def rise(course: Course, spread: Spread) -> Array:
    """mmHg above the pressure before the dose, shape (times, people)."""
    known = claim("effect-systolic-pressure")
    slope = float(known.figure(f"slope_{course.site}"))
    spread_sd = np.sqrt(np.log(1 + float(known.figure("slope_cv")) ** 2))
    each = slope * np.exp(spread_sd * spread["slope"])
    seen = course.parent * course.esketamine_share
    if course.site == "arterial":
        seen = at_effect_site(course.times_min, seen, half_times_min(spread["lag"]))
    return np.asarray(each * seen)


EFFECT = Effect(
    id="systolic_rise",
    title="Rise of systolic pressure",
    unit="mmHg",
    claim="effect-systolic-pressure",
    over_time=True,
    normals=("slope", "lag"),
    applies=applies,
    of=rise,
)
