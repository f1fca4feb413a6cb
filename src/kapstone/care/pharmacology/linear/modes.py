"""The fast way: a model as a sum of decaying exponentials, where its structure allows.

Compartments that exchange in both directions along a tree can be made symmetric by scaling, so their rates are real
and Jacobi's rotations find them; one-way flows between such groups are solved like a triangle. A person whose rates
lie so close that digits are lost is named, and goes the other way.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .system import Array, System

SWEEPS = 30
"""Jacobi's rotations settle in a handful of sweeps; this many never pass."""
NEGLIGIBLE = 1e-17
LOST = 1e5
"""Beyond this growth of the eigenvectors more than five of sixteen digits go; then the propagator answers."""
SLOWEST = 1e-6
"""A rate below this, per hour, is not told from none at all."""

Entries = Mapping[tuple[int, int], Array]


@dataclass(frozen=True, slots=True)
class Modes:
    """Rates (modes, people), per hour and ≥ 0; what a dose into a state excites and an output sees of each mode."""

    rates: Array
    excited: Mapping[int, Array]
    """For each state that takes doses: (modes, people)."""
    seen: tuple[Mapping[int, Array], ...]
    """For each output: the modes it sees, each (people,)."""
    sound: NDArray[np.bool_]
    """Who may be answered this way, (people,)."""

    def quiet(self) -> "Modes":
        """With whoever is not sound at nothing, so that their numbers cannot overflow before they are replaced."""
        if self.sound.all():
            return self
        return Modes(
            np.where(self.sound, self.rates, 1.0),
            {state: np.where(self.sound, column, 0.0) for state, column in self.excited.items()},
            tuple({mode: np.where(self.sound, one, 0.0) for mode, one in row.items()} for row in self.seen),
            self.sound,
        )


def groups(states: int, links: set[tuple[int, int]]) -> list[list[int]] | None:
    """Compartments that reach each other, upstream first; None where a group is not a tree of two-way exchanges.

    `links` are (row, column) of A off the diagonal: from column to row.
    """
    reach = np.eye(states, dtype=bool)
    for row, column in links:
        reach[row, column] = True
    for middle in range(states):
        reach |= reach[:, [middle]] & reach[[middle], :]
    found: list[list[int]] = []
    for state in range(states):
        if not any(state in one for one in found):
            found.append([other for other in range(states) if reach[state, other] and reach[other, state]])
    # Upstream first: a group reaches fewer groups the further down it lies.
    found.sort(key=lambda group: -int(reach[:, group[0]].sum()))
    for group in found:
        inside = {(row, column) for row, column in links if row in group and column in group}
        if any((column, row) not in inside for row, column in inside) or len(inside) != 2 * (len(group) - 1):
            return None
    return found


def modes(system: System) -> Modes | None:
    """The modes of everybody at once; None where the structure does not allow them."""
    entries = system.rates()
    links = {place for place in entries if place[0] != place[1]}
    order = groups(system.states, links)
    if order is None:
        return None
    with np.errstate(all="ignore"):
        return _modes(system, entries, order)


def _modes(system: System, entries: Entries, order: list[list[int]]) -> Modes:
    zero = np.zeros(system.people)
    rates: list[Array] = []
    into: dict[tuple[int, int], Array] = {}
    """(mode, state): what an amount in the state puts into the mode."""
    out: dict[tuple[int, int], Array] = {}
    """(state, mode): what the mode shows in the state."""
    for group in order:
        scale = _scales(group, entries, zero + 1)
        values, vectors = symmetric_eigen(
            [[entries.get((i, j), zero) * (scale[j] / scale[i]) for j in group] for i in group]
        )
        for place, value in enumerate(values):
            mode = len(rates)
            rates.append(-value)
            for row, state in enumerate(group):
                out[state, mode] = scale[state] * vectors[row][place]
                into[mode, state] = vectors[row][place] / scale[state]
    belongs = [place for place, group in enumerate(order) for _ in group]
    group_of = {state: place for place, group in enumerate(order) for state in group}
    coupling = _coupling(entries, into, out, belongs, group_of)
    right, left = _triangle(rates, coupling)
    size = len(rates)
    growth = _growth(size, right, left, zero)
    excited = {state: _excited(state, size, into, left, zero) for state in system.entered}
    seen = tuple(_seen(one.state, one.factor, size, out, right) for one in system.outputs)
    stacked = np.stack(rates) if rates else np.zeros((0, system.people))
    sound = np.isfinite(growth) & (growth < LOST) & (stacked.min(axis=0, initial=np.inf) > SLOWEST)
    for column in excited.values():
        sound &= np.isfinite(column).all(axis=0)
    return Modes(stacked, excited, seen, sound).quiet()


def _scales(group: list[int], entries: Entries, one: Array) -> dict[int, Array]:
    """The scaling of each compartment that makes the group's matrix symmetric."""
    scale: dict[int, Array] = {group[0]: one}
    while len(scale) < len(group):
        for state in group:
            known = next((other for other in scale if (state, other) in entries and state not in scale), None)
            if known is not None:
                scale[state] = scale[known] * np.sqrt(entries[state, known] / entries[known, state])
    return scale


def symmetric_eigen(matrix: list[list[Array]]) -> tuple[list[Array], list[list[Array]]]:
    """Eigenvalues and orthonormal vectors (in columns) of one symmetric matrix a person, by Jacobi's rotations.

    Entries have shape (people,). For the two to four compartments of a drug this is far faster than a library call
    a person, and keeps small rates to full relative accuracy.
    """
    size = len(matrix)
    a = [list(row) for row in matrix]
    people = a[0][0].shape
    v = [[np.ones(people) if i == j else np.zeros(people) for j in range(size)] for i in range(size)]
    for _ in range(SWEEPS if size > 1 else 0):
        for p in range(size - 1):
            for q in range(p + 1, size):
                _rotate(a, v, p, q)
        if size == 2 or not any(
            np.any(np.abs(a[p][q]) > NEGLIGIBLE * np.sqrt(np.abs(a[p][p] * a[q][q])))
            for p in range(size - 1)
            for q in range(p + 1, size)
        ):
            break
    return [a[i][i] for i in range(size)], v


def _rotate(a: list[list[Array]], v: list[list[Array]], p: int, q: int) -> None:
    apq = a[p][q]
    turn = apq != 0
    theta = (a[q][q] - a[p][p]) / np.where(turn, 2 * apq, 1.0)
    t = np.where(turn, np.copysign(1.0, theta) / (np.abs(theta) + np.sqrt(theta * theta + 1)), 0.0)
    c = 1 / np.sqrt(t * t + 1)
    s = t * c
    a[p][p], a[q][q] = a[p][p] - t * apq, a[q][q] + t * apq
    a[p][q] = a[q][p] = np.zeros_like(apq)
    for r in range(len(a)):
        if r not in (p, q):
            rp, rq = a[r][p], a[r][q]
            a[r][p] = a[p][r] = c * rp - s * rq
            a[r][q] = a[q][r] = s * rp + c * rq
        vp, vq = v[r][p], v[r][q]
        v[r][p], v[r][q] = c * vp - s * vq, s * vp + c * vq


def _coupling(
    entries: Entries, into: Entries, out: Entries, belongs: list[int], group_of: Mapping[int, int]
) -> dict[tuple[int, int], Array]:
    """How each mode feeds each mode of a group further down."""
    found: dict[tuple[int, int], Array] = {}
    for (row, column), rate in entries.items():
        if group_of[row] == group_of[column]:
            continue
        for target in (mode for mode, place in enumerate(belongs) if place == group_of[row]):
            for source in (mode for mode, place in enumerate(belongs) if place == group_of[column]):
                term = into[target, row] * rate * out[column, source]
                found[target, source] = found[target, source] + term if (target, source) in found else term
    return found


def _triangle(
    rates: list[Array], coupling: Entries
) -> tuple[dict[tuple[int, int], Array], dict[tuple[int, int], Array]]:
    """Right and left eigenvectors of the triangular matrix, below their diagonal of ones."""
    size = len(rates)
    right: dict[tuple[int, int], Array] = {}
    left: dict[tuple[int, int], Array] = {}
    for q in range(size):
        for p in range(q + 1, size):
            terms = [coupling[p, k] * right[k, q] for k in range(q + 1, p) if (p, k) in coupling and (k, q) in right]
            terms += [coupling[p, q]] if (p, q) in coupling else []
            if terms:
                right[p, q] = _summed(terms) / (rates[p] - rates[q])
    for p in range(size):
        for q in range(p - 1, -1, -1):
            terms = [left[p, k] * coupling[k, q] for k in range(q + 1, p) if (p, k) in left and (k, q) in coupling]
            terms += [coupling[p, q]] if (p, q) in coupling else []
            if terms:
                left[p, q] = _summed(terms) / (rates[q] - rates[p])
    return right, left


def _growth(size: int, right: Entries, left: Entries, zero: Array) -> Array:
    """By how much any mode overshoots what is seen of it: each digit of it is a digit lost where modes cancel."""
    worst = zero
    for mode in range(size):
        shown = np.maximum.reduce([zero + 1, *(np.abs(one) for (_, q), one in right.items() if q == mode)])
        taken = np.maximum.reduce([zero + 1, *(np.abs(one) for (p, _), one in left.items() if p == mode)])
        worst = np.maximum(worst, shown * taken)
    return worst


def _excited(state: int, size: int, into: Entries, left: Entries, zero: Array) -> Array:
    column = []
    for mode in range(size):
        terms = [into[mode, state]] if (mode, state) in into else []
        terms += [left[mode, k] * into[k, state] for k in range(mode) if (mode, k) in left and (k, state) in into]
        column.append(_summed(terms) if terms else zero)
    return np.stack(column)


def _seen(state: int, factor: Array, size: int, out: Entries, right: Entries) -> dict[int, Array]:
    found = {}
    for mode in range(size):
        terms = [out[state, mode]] if (state, mode) in out else []
        terms += [
            out[state, p] * right[p, mode] for p in range(mode + 1, size) if (state, p) in out and (p, mode) in right
        ]
        if terms:
            found[mode] = factor * _summed(terms)
    return found


def _summed(terms: list[Array]) -> Array:
    total = terms[0]
    for one in terms[1:]:
        total = total + one
    return total
