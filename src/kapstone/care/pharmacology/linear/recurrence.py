"""Runs the modes along a grid of times: between events each mode is multiplied by one number a step."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .modes import LOST, Modes
from .system import Array, System

SAME_STEP = 1e-13
"""Steps that differ by less, in hours, are one step."""
BLOCK = 16_384
"""People at once at most: more would not stay in the processor's cache, fewer would wait for Python."""


def fill(out: Array, amplitudes: Array, factors: Array, base: Array) -> None:
    """out[k] = base + sum over modes of amplitudes * factors**(k+1), block by block of people."""
    people = out.shape[1]
    parts = -(-people // BLOCK)
    for part in range(parts):
        block = slice(people * part // parts, people * (part + 1) // parts)
        going, by, still = amplitudes[:, block].copy(), np.ascontiguousarray(factors[:, block]), base[block]
        constant = bool(still.any())
        for row in out[:, block]:
            going *= by
            np.add(going[0], still if constant else 0.0, out=row)
            for one in going[1:]:
                row += one


@dataclass(frozen=True, slots=True)
class Run:
    """Grid steps first+1 to last that nothing disturbs, all of the same length."""

    first: int
    last: int
    step_h: float


def along(system: System, found: Modes, times_h: Array, out: Array) -> NDArray[np.bool_]:
    """Writes every output at every time, shape (outputs, times, people), and says whose digits last, (people,).

    Digits go where large modes cancel to a small answer; whoever loses too many is for the caller to replace.
    """
    sizes = np.zeros((len(system.outputs), system.people))
    looked = [0]
    amounts = np.zeros_like(found.rates)
    _add_boluses(amounts, system, found, times_h[0], times_h[0], first=True)
    _write(out, 0, amounts, found)
    for piece in pieces(system, times_h):
        start = times_h[piece.first]
        looked += places(piece.first, piece.last)
        if piece.step_h:
            amounts = _undisturbed(out, sizes, amounts, system, found, piece, start)
        else:
            amounts = _disturbed(amounts, system, found, start, times_h[piece.last])
            _write(out, piece.last, amounts, found)
    peaks = np.maximum.reduce([out[:, place] for place in looked])
    return np.asarray((sizes <= LOST * peaks).all(axis=0))


def places(first: int, last: int) -> list[int]:
    """Where a run is looked at for its height: its first step, its quarters and its end."""
    return [first + 1, *(first + 1 + (last - first - 1) * part // 4 for part in (1, 2, 3)), last]


def pieces(system: System, times_h: Array) -> Iterator[Run]:
    """The grid cut where an event of anybody falls; a step with an event inside has no length here."""
    switches = _unique([moment for one in system.infusions for moment in (one.start_h, one.stop_h)])
    jumps = _unique([one.at_h for one in system.boluses])
    before = np.searchsorted(switches, times_h, side="left"), np.searchsorted(switches, times_h, side="right")
    inside = before[0][1:] > before[1][:-1]
    hit = np.searchsorted(jumps, times_h, side="right")
    inside |= hit[1:] > hit[:-1]
    at_knot = before[1] > before[0]
    steps = np.diff(times_h)
    first = 0
    while first < len(steps):
        last = first + 1
        if inside[first]:
            yield Run(first, last, 0.0)
        else:
            while last < len(steps) and not inside[last] and not at_knot[last] and _same(steps[last], steps[first]):
                last += 1
            yield Run(first, last, float(times_h[last] - times_h[first]) / (last - first))
        first = last


def _unique(moments: list[Array]) -> Array:
    """All moments in order. Mostly everybody shares one, which is seen faster than sorted."""
    shared = [one[:1] if one.min() == one.max() else one for one in moments]
    return np.unique(np.concatenate(shared)) if shared else np.zeros(0)


def _same(one: float, other: float) -> bool:
    return abs(one - other) < SAME_STEP


def _undisturbed(
    out: Array, sizes: Array, amounts: Array, system: System, found: Modes, run: Run, start: float
) -> Array:
    """Writes a run by its recurrence, notes how large its modes are, and gives the amounts at its end."""
    steady = np.zeros_like(amounts)
    for one in system.infusions:
        on = (one.start_h <= start) & (one.stop_h > start)
        if on.any():
            steady += found.excited[one.into] * np.where(on, one.mg_per_h, 0.0)
    steady /= found.rates
    falling = amounts - steady
    factors = np.exp(-found.rates * run.step_h)
    for row, seen in enumerate(found.seen):
        chosen = list(seen)
        weights = np.stack([seen[mode] for mode in chosen])
        still, going = weights * steady[chosen], weights * falling[chosen]
        np.maximum(sizes[row], (np.abs(still) + np.abs(going)).sum(axis=0), out=sizes[row])
        fill(out[row, run.first + 1 : run.last + 1], going, factors[chosen], still.sum(axis=0))
    return steady + falling * np.exp(-found.rates * (run.step_h * (run.last - run.first)))


def _disturbed(amounts: Array, system: System, found: Modes, start: float, end: float) -> Array:
    """One step with events inside it, each person's at their own moment."""
    moved = amounts * np.exp(-found.rates * (end - start))
    for one in system.infusions:
        begin, stop = np.clip(one.start_h, start, end), np.clip(one.stop_h, start, end)
        part = np.exp(-found.rates * (end - stop)) * -np.expm1(-found.rates * np.maximum(stop - begin, 0.0))
        moved += found.excited[one.into] * one.mg_per_h * part / found.rates
    _add_boluses(moved, system, found, start, end)
    return moved


def _add_boluses(amounts: Array, system: System, found: Modes, start: float, end: float, first: bool = False) -> None:
    for one in system.boluses:
        falls = (one.at_h <= end) & ((one.at_h > start) | first)
        if falls.any():
            decayed = np.exp(-found.rates * np.where(falls, end - one.at_h, 0.0))
            amounts += found.excited[one.into] * decayed * np.where(falls, one.mg, 0.0)


def _write(out: Array, place: int, amounts: Array, found: Modes) -> None:
    for row, seen in enumerate(found.seen):
        out[row, place] = sum((weight * amounts[mode] for mode, weight in seen.items()), np.zeros(amounts.shape[1]))
