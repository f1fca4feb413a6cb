"""How much of the NMDA receptor is occupied, for the page on the mechanism; rat tissue, no brain scan."""

import math

import numpy as np

from kapstone.care.evidence import claim
from kapstone.care.pharmacology.models.expression import Array
from kapstone.care.pharmacology.regimen import KETAMINE_G_PER_MOL

from .effect import Course, Effect, Spread, between

NORKETAMINE_G_PER_MOL = 223.70
NM_PER_UM = 1000


def applies(course: Course) -> str:
    """Always; which blood it was is told beside it."""
    return ""


def occupied(course: Course, spread: Spread) -> Array:
    """Percent of receptors, shape (times, people), by competition of the drug and its metabolite."""
    known = claim("receptor-occupancy")
    low, high = float(known.figure("unbound_low")), float(known.figure("unbound_high"))
    unbound = between(low, high, spread["unbound"])
    # What each ng/mL binds, for each person; then the curves are passed over as seldom as can be.
    per_ng = unbound * NM_PER_UM / KETAMINE_G_PER_MOL / _half("half_nm", spread["half"])
    bound = course.parent * per_ng
    if course.metabolite is not None:
        free = float(known.figure("nk_unbound")) * NM_PER_UM / NORKETAMINE_G_PER_MOL
        bound += course.metabolite * (free / _half("nk_half_nm", spread["half"]))
    return np.asarray(100 * bound / (1 + bound))


def _half(name: str, normal: Array) -> Array:
    known = claim("receptor-occupancy")
    low, high = float(known.figure(f"{name}_low")), float(known.figure(f"{name}_high"))
    width = math.log(high / low) / (2 * 1.96)
    return np.asarray(float(known.figure(name)) * np.exp(width * normal))


EFFECT = Effect(
    id="receptor_occupancy",
    title="NMDA receptors occupied",
    unit="% of receptors",
    claim="receptor-occupancy",
    over_time=True,
    normals=("half", "unbound"),
    applies=applies,
    of=occupied,
)
