"""The lag of an effect behind arterial blood: an effect compartment that takes no drug away.

Between two times the concentration is taken as a straight line, for which the compartment has an exact answer.
"""

import numpy as np

from kapstone.care.evidence import claim
from kapstone.care.pharmacology.models.expression import Array

from .effect import between

SAME_STEP = 1e-9
"""Steps that differ by less, in minutes, are one step."""


def half_times_min(normal: Array) -> Array:
    """A half-time for each person, spread evenly in its logarithm over the width of not knowing. Shape (people,)."""
    known = claim("effect-site-delay")
    low, high = float(known.figure("half_time_low_min")), float(known.figure("half_time_high_min"))
    return between(low, high, normal)


def at_effect_site(times_min: Array, concentration: Array, half_time_min: Array) -> Array:
    """The concentration at the effect, same shape (times, people) and unit; nothing before the first time."""
    rate = np.log(2) / half_time_min
    found = np.empty_like(concentration)
    found[0] = 0.0
    falls = older = newer = rate
    step = -1.0
    for k in range(1, len(times_min)):
        if abs(times_min[k] - times_min[k - 1] - step) > SAME_STEP:
            step = times_min[k] - times_min[k - 1]
            falls = np.exp(-rate * step)
            # The mean of a straight line under an exponential: what of the older and the newer end arrives.
            newer = 1 - (1 - falls) / (rate * step)
            older = (1 - falls) - newer
        found[k] = falls * found[k - 1] + older * concentration[k - 1] + newer * concentration[k]
    return found
