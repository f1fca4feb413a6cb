"""The one call: the fast way for whom it is sound, the sure way for everybody else."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .modes import modes
from .propagator import propagate
from .recurrence import along
from .system import Array, System, trimmed

Engine = Callable[[System, Array, Array], NDArray[np.bool_] | None]
"""Writes the fast answers of a trimmed system at these times into an array; says who is sound, or None for nobody."""


def in_numpy(system: System, times_h: Array, out: Array) -> NDArray[np.bool_] | None:
    """The engine that is always there."""
    found = modes(system)
    if found is None:
        return None
    return found.sound & along(system, found, times_h, out)


def solve(
    system: System, times_h: Array, *, fast: bool = True, engine: Engine = in_numpy, out: Array | None = None
) -> Array:
    """Every output at every time, shape (outputs, times, people).

    `times_h` ascends strictly and is the same for everybody; no event may lie before its first. At the moment of a
    bolus the value after it is given. `fast=False` takes the propagator for everybody; `out` is written into where it
    is given. ValueError for times out of order or events before the first.
    """
    times_h = np.asarray(times_h, dtype=np.float64)
    _check(system, times_h)
    needed = trimmed(system)
    answers = np.empty((len(needed.outputs), len(times_h), needed.people)) if out is None else out
    sound = engine(needed, times_h, answers) if fast else None
    if sound is None:
        answers[:] = propagate(needed, times_h)
    elif not sound.all():
        slow = np.flatnonzero(~sound)
        answers[:, :, slow] = propagate(needed.taken(slow), times_h)
    return answers


def _check(system: System, times_h: Array) -> None:
    if times_h.ndim != 1 or len(times_h) == 0 or (np.diff(times_h) <= 0).any():
        raise ValueError("The times must ascend, each later than the one before.")
    first = [one.at_h for one in system.boluses] + [one.start_h for one in system.infusions]
    if any((moment < times_h[0]).any() for moment in first):
        raise ValueError("A dose begins before the first time; begin the times with it.")


def areas(system: System) -> Array:
    """Area under each output from the first event to the end of all time, shape (outputs, people).

    The whole amount that enters times the mean time it is seen: C(-A)^-1 b; inf where something never leaves.
    """
    needed = trimmed(system)
    total = np.zeros((needed.people, needed.states))
    for one in needed.boluses:
        total[:, one.into] += one.mg
    for given in needed.infusions:
        total[:, given.into] += given.mg_per_h * np.maximum(given.stop_h - given.start_h, 0.0)
    try:
        stays = np.linalg.solve(-needed.matrix(), total[:, :, None])[:, :, 0]
    except np.linalg.LinAlgError:
        stays = np.full(total.shape, np.inf)
    return np.stack([stays[:, one.state] * one.factor for one in needed.outputs])


def terminal_half_lives_h(system: System) -> Array:
    """Hours in which the slowest decay that each output sees halves, shape (outputs, people)."""
    needed = trimmed(system)
    found = modes(needed)
    slowest = np.empty((len(needed.outputs), needed.people))
    for row, output in enumerate(needed.outputs):
        lost = np.arange(needed.people) if found is None else np.flatnonzero(~found.sound)
        if found is not None:
            slowest[row] = found.rates[list(found.seen[row])].min(axis=0)
        if len(lost):
            slowest[row, lost] = _slowest(trimmed(replace(needed, outputs=(output,))).taken(lost))
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(2) / slowest)


def _slowest(system: System) -> Array:
    return np.asarray(np.abs(np.linalg.eigvals(system.matrix()).real).min(axis=1))
