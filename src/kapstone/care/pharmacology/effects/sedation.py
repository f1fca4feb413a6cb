"""How many people are sedated (MOAA/S below 5) at some time of the session."""

from kapstone.care.evidence import claim
from kapstone.care.pharmacology.models.expression import Array

from .effect import Course, Effect, Spread, share_beyond, venous_only


def share(course: Course, spread: Spread) -> Array:
    """The chance of each person drawn, shape (people,)."""
    known = claim("effect-sedation")
    return share_beyond(course, spread, *(float(known.figure(n)) for n in ("half_ng_per_ml", "slope", "half_cv")))


EFFECT = Effect(
    id="sedation",
    title="Sedation (MOAA/S below 5) at some time",
    unit="share of people",
    claim="effect-sedation",
    over_time=False,
    normals=("half",),
    applies=venous_only,
    of=share,
)
