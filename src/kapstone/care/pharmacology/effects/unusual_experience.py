"""Ratings of unusual experience over the session, as a share of their scale, for racemic ketamine."""

import numpy as np

from kapstone.care.evidence import claim
from kapstone.care.pharmacology.models.expression import Array
from kapstone.care.pharmacology.regimen import Drug

from .effect import Course, Effect, Spread, between, venous_only


def applies(course: Course) -> str:
    """Made on racemic ketamine in venous blood: the right-handed half has an experience of its own."""
    return venous_only(course) if course.drug == Drug.KETAMINE else "The link was made on racemic ketamine."


def rating(course: Course, spread: Spread) -> Array:
    """Percent of the scale, at most 100, shape (times, people); each person has a scale of their own."""
    known = claim("effect-unusual-experience")
    low, high = float(known.figure("slope_low")), float(known.figure("slope_high"))
    each = between(low, high, spread["slope"])
    return np.asarray(np.minimum(each * course.parent, 100.0))


EFFECT = Effect(
    id="unusual_experience",
    title="Unusual experience",
    unit="% of the scale",
    claim="effect-unusual-experience",
    over_time=True,
    normals=("slope",),
    applies=applies,
    of=rating,
)
