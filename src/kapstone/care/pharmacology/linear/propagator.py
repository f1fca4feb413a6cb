"""The way that is always right: exp of the augmented matrix for each distinct step, then matrix times state.

A of a compartment model has no negative entry off its diagonal, and the augmented matrix [A B; 0 0] neither. Shifted
by its largest diagonal entry it has no negative entry at all, so that its exponential is a sum of positive terms:
nothing cancels, also with equal rates, where eigenvectors do not exist.
"""

import numpy as np
from numpy.typing import NDArray

from .system import Array, System

TERMS = 18
"""Terms of the series; with the norm below 1/2 the rest is below 1e-21."""
SAME_STEP = 1e-13
"""Steps that differ by less, in hours, are one step."""


def exponential(matrices: Array) -> Array:
    """exp of each matrix without negative entries off its diagonal, shape (people, size, size)."""
    size = matrices.shape[-1]
    shift = np.maximum(-np.einsum("pii->pi", matrices).min(axis=1, initial=0.0), 0.0)
    positive = matrices + shift[:, None, None] * np.eye(size)
    norm = positive.sum(axis=1).max(axis=1, initial=0.0)
    halvings = int(max(0.0, np.ceil(np.log2(max(float(norm.max(initial=0.0)) * 2, 1.0)))))
    scaled = positive / 2.0**halvings
    result = np.broadcast_to(np.eye(size), matrices.shape).copy()
    for term in range(TERMS, 0, -1):
        result = scaled @ result / term
        result += np.eye(size)
    # The shift is taken out before squaring, so that nothing grows out of range.
    result *= np.exp(-shift / 2.0**halvings)[:, None, None]
    for _ in range(halvings):
        result = result @ result
    return np.asarray(result)


def propagate(system: System, times_h: Array) -> Array:
    """Every output at every time, shape (outputs, times, people). `times_h` ascends and is the same for everybody."""
    people, states, inputs = system.people, system.states, len(system.infusions)
    size = states + inputs
    augmented = np.zeros((people, size, size))
    augmented[:, :states, :states] = system.matrix()
    for place, given in enumerate(system.infusions, states):
        augmented[:, given.into, place] = given.mg_per_h
    knots, is_time = _knots(system, times_h)
    state = np.zeros((people, size))
    found = np.zeros((len(system.outputs), len(times_h), people))
    usual_h = float(np.median(np.diff(times_h))) if len(times_h) > 1 else 0.0
    usual = exponential(augmented * usual_h)
    everyone = np.arange(people)
    written = np.zeros(people, dtype=np.intp)
    for k in range(knots.shape[1]):
        if k:
            _step(state, augmented, knots[:, k] - knots[:, k - 1], usual, usual_h)
        now = knots[:, k]
        for one in system.boluses:
            state[:, one.into] += np.where(_fires(one.at_h, knots, k), one.mg, 0.0)
        for place, given in enumerate(system.infusions, states):
            state[:, place] = (given.start_h <= now) & (now < given.stop_h)
        asked = everyone[is_time[:, k]]
        for row, output in enumerate(system.outputs):
            found[row, written[asked], asked] = state[asked, output.state] * output.factor[asked]
        written[asked] += 1
    return found


def _fires(at_h: Array, knots: Array, k: int) -> NDArray[np.bool_]:
    """Whose bolus falls on the k-th knot, at the first of equal ones."""
    here = knots[:, k] == at_h
    return np.asarray(here if k == 0 else here & (knots[:, k - 1] < at_h))


def _knots(system: System, times_h: Array) -> tuple[Array, NDArray[np.bool_]]:
    """Times and events of each person in order, shape (people, knots), and which of them are asked times."""
    events = [one.at_h for one in system.boluses]
    events += [moment for one in system.infusions for moment in (one.start_h, one.stop_h)]
    times = np.broadcast_to(times_h, (system.people, len(times_h)))
    last = times_h[-1]
    stacked = np.column_stack([*(np.minimum(event, np.inf) for event in events), times])
    asked = np.zeros(stacked.shape, dtype=bool)
    asked[:, len(events) :] = True
    stacked = np.where(~asked & (stacked > last), last, stacked)
    order = np.argsort(stacked, axis=1, kind="stable")
    return np.take_along_axis(stacked, order, axis=1), np.take_along_axis(asked, order, axis=1)


def _step(state: Array, augmented: Array, step_h: Array, usual: Array, usual_h: float) -> None:
    """Moves each person's state on by their own step; whoever takes the usual one shares its exponential."""
    same = np.abs(step_h - usual_h) < SAME_STEP
    other = ~same & (step_h > 0)
    if same.all():
        state[:] = np.einsum("pij,pj->pi", usual, state)
        return
    if same.any():
        state[same] = np.einsum("pij,pj->pi", usual[same], state[same])
    if other.any():
        own = exponential(augmented[other] * step_h[other][:, None, None])
        state[other] = np.einsum("pij,pj->pi", own, state[other])
