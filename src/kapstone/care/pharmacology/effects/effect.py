"""The shape that every effect shares: what it says, what it rests on, where it applies, and how it is worked out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

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


def share_beyond(course: Course, spread: Spread, half: float, slope: float, half_cv: float) -> Array:
    """A logistic share of people on each one's venous esketamine peak; its half is known only roughly."""
    import numpy as np

    peak = np.maximum((course.parent * course.esketamine_share).max(axis=0), 1e-9)
    uncertain = half * np.exp(half_cv * spread["half"])
    return np.asarray(1 / (1 + (uncertain / peak) ** slope))
