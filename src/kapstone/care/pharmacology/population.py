"""A virtual population of any size: blocks drawn by counting, reduced where they are drawn, merged as whole numbers.

A block's result is counts in fixed bins, so the sum is the same in any order and on any number of workers: no curve
of a person ever leaves its block.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .assemble import assembled, values_of, varied
from .draws import BLOCK, block_of_normals
from .forecasting.bands import highest
from .forecasting.defaults import default_models
from .linear import Engine, areas, in_numpy, solve
from .models import model as model_by_id
from .person import Person, cautions
from .regimen import Regimen

Counts = NDArray[np.int64]
LOWEST, HIGHEST, PER_DECADE = 1e-4, 1e6, 1000
"""Bins of equal ratio: 0.23 % wide, so a percentile is right to about a tenth of a percent."""
BINS = int(np.log10(HIGHEST / LOWEST) * PER_DECADE)
SUMMARIES = ("cmax_ng_per_ml", "tmax_min", "auc_0_inf_ng_h_per_ml")
EVERY_MIN = 10
PERCENTS = (5, 25, 50, 75, 95)


@dataclass(frozen=True, slots=True)
class Task:
    """Everything that a worker needs to draw any block: plain values, so that it can be sent anywhere."""

    model: str
    person: Person
    regimen: Regimen
    n: int
    seed: int
    until_min: float = 240
    step_min: float = 1
    compiled: bool = False
    """Whether the extra “fast” solves; part of what a result rests on, because its last digits are its own."""

    @property
    def blocks(self) -> int:
        """How many blocks there are; the last may be smaller."""
        return -(-self.n // BLOCK)


@dataclass(frozen=True, slots=True)
class Population:
    """Counts of everybody, shape (outputs, summaries and times, bins)."""

    task: Task
    counts: Counts

    def percentiles(self, output: int, row: int) -> dict[str, float]:
        """p5 to p95 of one summary or time of one output; within a bin by its ratio."""
        total = np.cumsum(self.counts[output, row])
        found = {}
        for percent in PERCENTS:
            rank = percent / 100 * total[-1]
            place = int(np.searchsorted(total, rank, side="left"))
            before = total[place - 1] if place else 0
            share = (rank - before) / max(int(total[place] - before), 1)
            found[f"p{percent}"] = float(LOWEST * 10 ** ((place - 1 + share) / PER_DECADE))
        return found

    @property
    def curve_min(self) -> list[float]:
        """The minutes of which there are percentiles."""
        return [float(one) for one in _told(self.task)]


def population_task(
    person: Person,
    regimen: Regimen,
    n: int,
    *,
    model: str | None = None,
    seed: int = 1,
    until_min: float = 240,
    step_min: float = 1,
    compiled: bool = False,
) -> Task:
    """The task of a population. Refusal (a ValueError) where the model must not be used; ValueError for no people."""
    if n < 1:
        raise ValueError(f"A population of {n} is none; give 1 or more.")
    id = model or default_models(regimen, person)[0]
    cautions(model_by_id(id), person, regimen)
    return Task(id, person, regimen, n, seed, until_min, step_min, compiled)


def one_block(task: Task, block: int) -> Counts:
    """The counts of one block, shape (outputs, summaries and times, bins); the same wherever it is worked out."""
    used = model_by_id(task.model)
    people = min(BLOCK, task.n - block * BLOCK)
    normals = block_of_normals(task.seed, block, len(varied(used)), people)
    system = assembled(used, values_of(used, task.person, task.regimen, normals), task.regimen)
    times = _times(task)
    curves = solve(system, times / 60, engine=_engine(task))
    total = areas(system)
    shown = np.searchsorted(times, _told(task) - 1e-9)
    counts = np.zeros((len(curves), len(SUMMARIES) + len(shown), BINS + 2), dtype=np.int64)
    for place, curve in enumerate(curves):
        peak, at = highest(curve)
        rows = [peak, times[at], total[place], *curve[shown]]
        for row, values in enumerate(rows):
            counts[place, row] = np.bincount(_bins(values), minlength=BINS + 2)
    return counts


def _told(task: Task) -> NDArray[np.float64]:
    """The minutes of which there are percentiles."""
    return np.arange(EVERY_MIN, task.until_min + 1e-9, EVERY_MIN, dtype=np.float64)


def _times(task: Task) -> NDArray[np.float64]:
    """Every minute that is solved: the steps, the minutes told, and each edge of the dose, where a peak may stand."""
    edges = [edge for one in task.regimen.parts for edge in (one.at_min, one.at_min + one.over_min)]
    regular = np.arange(0, task.until_min + 1e-9, task.step_min)
    every = np.concatenate([[0.0], regular, _told(task), [edge for edge in edges if edge <= task.until_min]])
    return np.unique(np.round(every, 9))


def _engine(task: Task) -> Engine:
    """What solves the blocks. ImportError where the extra was asked for and is not installed."""
    if not task.compiled:
        return in_numpy
    from .linear.compiled import solve_compiled

    return solve_compiled


def _bins(values: NDArray[np.float64]) -> NDArray[np.intp]:
    with np.errstate(divide="ignore"):
        place = np.floor(np.log10(values / LOWEST) * PER_DECADE) + 1
    return np.asarray(np.clip(np.nan_to_num(place, neginf=0.0), 0, BINS + 1), dtype=np.intp)


Results = Callable[[Task], Iterable[Counts]]
"""Works out all blocks of a task, in any order."""


def in_turn(task: Task) -> Iterator[Counts]:
    """One block after the other, on this processor."""
    return (one_block(task, block) for block in range(task.blocks))


def simulate(
    task: Task, results: Results = in_turn, progress: Callable[[int, int], None] | None = None
) -> Population:
    """Adds the blocks up as they come. `progress` is told how many of how many are done."""
    total: Counts | None = None
    for done, counts in enumerate(results(task), 1):
        total = counts if total is None else total + counts
        if progress:
            progress(done, task.blocks)
    assert total is not None
    return Population(task, total)
