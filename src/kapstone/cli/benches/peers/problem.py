"""What every program is asked: adults who differ, an infusion, parent and metabolite at even times."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from kapstone.care.pharmacology.linear import System

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Problem:
    """Two compartments of parent, two of metabolite; rates per hour, volumes in L, each of shape (people,).

    `rates` has the rows: elimination (all of it to the metabolite), out to and back from the parent's second
    compartment, elimination of the metabolite, out to and back from its second. The infusion of `mg_per_h` runs for
    `hours`; what is asked is ng/mL of both at `times_h`.
    """

    system: "System"
    rates: Array
    volumes: Array
    mg_per_h: float
    hours: float
    times_h: Array

    @property
    def people(self) -> int:
        """How many."""
        return int(self.rates.shape[1])


Solver = Callable[[], Array]
"""Solves the whole problem once; answers of shape (outputs, times, people) in ng/mL, of as many people as it took."""


def problem(people: int, seed: int = 20261128) -> Problem:
    """Adults drawn from Clements 1981 with its norketamine: 0.5 mg/kg over 40 minutes, 241 times in 4 hours."""
    from kapstone.care.pharmacology import Basis, Drug, Person, dose, model
    from kapstone.care.pharmacology.assemble import assembled, values_of, varied

    used, person = model("clements-1981"), Person(70, 40)
    regimen = dose(Drug.KETAMINE, Basis.BASE, "iv", 35, 40)
    normals = np.random.default_rng(seed).standard_normal((len(varied(used)), people))
    system = assembled(used, values_of(used, person, regimen, normals), regimen)
    flows = ((0, 2), (0, 1), (1, 0), (2, None), (2, 3), (3, 2))
    return Problem(
        system=system,
        rates=np.stack([system.flows[one] for one in flows]),
        volumes=np.stack([1000 / one.factor for one in system.outputs]),
        mg_per_h=float(system.infusions[0].mg_per_h[0]),
        hours=float(system.infusions[0].stop_h[0]),
        times_h=np.arange(241) / 60,
    )
