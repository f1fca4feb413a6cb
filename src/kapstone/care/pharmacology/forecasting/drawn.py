"""The curves of everybody drawn from one model, with the error of a measurement beside them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kapstone.care.pharmacology.assemble import assembled, values_of, varied
from kapstone.care.pharmacology.draws import normals
from kapstone.care.pharmacology.linear import System, solve
from kapstone.care.pharmacology.models.expression import Array
from kapstone.care.pharmacology.models.shape import Model
from kapstone.care.pharmacology.person import Person
from kapstone.care.pharmacology.regimen import Regimen

np.empty(3_900_000)
# Made and let go once: glibc's allocator then keeps as much memory for the next forecast. It used to give it back to
# the system and take it again page by page, for a third of the time. Elsewhere this does nothing.


@dataclass(frozen=True, slots=True)
class Asked:
    """What one forecast is about: the dose, the minutes, how many are drawn and from which seed.

    `times_min` holds every minute that is solved, `shown` the places of those that are asked for.
    """

    regimen: Regimen
    times_min: Array
    shown: NDArray[np.intp]
    draws: int
    seed: int

    @classmethod
    def of(cls, regimen: Regimen, until_min: float, step_min: float, draws: int, seed: int) -> "Asked":
        """All minutes also hold each start and end of a dose, where a peak may stand."""
        regular = np.arange(0, until_min + 1e-9, step_min)
        edges = [edge for one in regimen.parts for edge in (one.at_min, one.at_min + one.over_min)]
        every = np.unique(np.round(np.concatenate([regular, [edge for edge in edges if edge <= until_min]]), 9))
        return cls(regimen, every, np.searchsorted(every, np.round(regular, 9)), draws, seed)

    def normals(self, rows: int, stream: int = 0) -> Array:
        """Standard normals for everybody, shape (rows, 1 + draws), with zeros for the typical person."""
        drawn = normals(self.seed, stream, rows, self.draws)
        return np.concatenate([np.zeros((rows, 1)), drawn], axis=1)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One model's people, typical first: `curves` and `measured` in ng/mL, shape (outputs, times, 1 + draws)."""

    model: Model
    system: System
    curves: Array
    measured: Array

    @classmethod
    def of(cls, model: Model, person: Person, asked: Asked, clearance: float = 1.0) -> "Drawn":
        """Draws and solves. `clearance` multiplies elimination."""
        names, outputs = varied(model), tuple(model.outputs.values())
        normals = asked.normals(len(names) + 2 * len(outputs))
        values = values_of(model, person, asked.regimen, normals[: len(names)], clearance=clearance)
        system = assembled(model, values, asked.regimen)
        curves = np.maximum(solve(system, asked.times_min / 60), 0.0)
        relative, added = normals[len(names) :].reshape(2, len(outputs), 1, -1)
        sd = np.array([one.residual_sd for one in outputs])[:, None, None]
        additive = np.array([one.residual_additive for one in outputs])[:, None, None]
        measured = curves * np.exp(sd * relative)
        if additive.any():
            measured = np.maximum(measured + additive * added, 0.0)
        measured[..., 0] = curves[..., 0]
        return cls(model, system, curves, measured)

    def of_output(self, id: str, asked: Asked) -> Array | None:
        """Measured concentrations of one substance at the minutes asked for, or nothing."""
        if id not in self.model.outputs:
            return None
        return np.asarray(self.measured[list(self.model.outputs).index(id)][asked.shown])
