"""The shape that every effect shares: what it says, what it rests on, where it applies, and how it is worked out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from kapstone.care.evidence import claim
from kapstone.care.pharmacology.models.expression import Array

Spread = Mapping[str, Array]
"""Standard normals by name, each of shape (people,): what nobody knows of one person."""


@dataclass(frozen=True, slots=True)
class Course:
    """Concentrations of everybody drawn, in ng/mL: parent and, where there is one, its nor-metabolite.

    Shapes (times, people). `site` is where they would be sampled, `esketamine_share` the part that is esketamine.
    """

    times_min: Array
    drug: str
    site: str
    esketamine_share: float
    parent: Array
    metabolite: Array | None


@dataclass(frozen=True, slots=True)
class Effect:
    """One link from concentration to effect.

    `over_time` effects give (times, people); the others one number a person, of the whole session. `normals` names
    the draws it needs. `applies` says why it does not, or nothing.
    """

    id: str
    title: str
    unit: str
    claim: str
    over_time: bool
    normals: tuple[str, ...]
    applies: Callable[[Course], str]
    of: Callable[[Course, Spread], Array]


def venous_only(course: Course) -> str:
    """Why a link that was made on venous blood cannot be used, or nothing."""
    if course.site == "venous":
        return ""
    return f"The link was made on venous concentrations; these are {course.site}."


def between(low: float, high: float, normal: Array) -> Array:
    """A value for each person, spread evenly in its logarithm over the width of not knowing. Shape of `normal`."""
    # A normal's own place between 0 and 1, by the logistic curve that follows it within 1 %.
    place = 1 / (1 + np.exp(-1.702 * normal))
    return np.asarray(low * (high / low) ** place)


def share_by(slug: str) -> Callable[[Course, Spread], Array]:
    """The chance of each person, shape (people,), by a claim with a logistic curve on the venous esketamine peak.

    The claim gives `half_ng_per_ml`, `slope` and `half_cv`: the half is known only roughly.
    """

    def share(course: Course, spread: Spread) -> Array:
        half, slope, half_cv = (float(claim(slug).figure(name)) for name in ("half_ng_per_ml", "slope", "half_cv"))
        peak = np.maximum((course.parent * course.esketamine_share).max(axis=0), 1e-9)
        uncertain = half * np.exp(half_cv * spread["half"])
        return np.asarray(1 / (1 + (uncertain / peak) ** slope))

    return share
