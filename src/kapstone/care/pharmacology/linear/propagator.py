"""The way that is always right: exp of the augmented matrix for each distinct step, then matrix times state.

A of a compartment model has no negative entry off its diagonal, and the augmented matrix [A B; 0 0] neither. Shifted
by its largest diagonal entry it has no negative entry at all, so that its exponential is a sum of positive terms:
nothing cancels, also with equal rates, where eigenvectors do not exist.
"""

import numpy as np

from .recurrence import SAME_STEP, pieces
from .system import Array, System

TERMS = 18
"""Terms of the series; with the norm below 1/2 the rest is below 1e-21."""
AT_ONCE = 64
"""Steps that are worked out together, so that many people at many times do not fill the memory."""


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
    people, states = system.people, system.states
    augmented = _augmented(system)
    state = np.zeros((people, augmented.shape[-1]))
    found = np.empty((len(system.outputs), len(times_h), people))
    _fire(system, state, np.full(people, -np.inf), np.full(people, times_h[0]))
    _write(system, found, 0, state[:, None])
    step_h, step = -1.0, augmented
    for run in pieces(system, times_h):
        start, end = times_h[run.first], times_h[run.last]
        length = run.step_h or end - start
        if abs(length - step_h) > SAME_STEP:
            step_h, step = length, exponential(augmented * length)
        _switch(system, state, np.full(people, start))
        if not run.step_h:
            _through(system, state, augmented, step, start, end)
            _write(system, found, run.last, state[:, None])
            continue
        for first in range(run.first, run.last, AT_ONCE):
            many = _steps(state, step, min(AT_ONCE, run.last - first))
            _write(system, found, first + 1, many)
            state[:, :states] = many[:, -1, :states]
    return found


def _augmented(system: System) -> Array:
    """[A B; 0 0] of everybody; a row beyond the states is an infusion that is on (1) or off (0)."""
    size = system.states + len(system.infusions)
    augmented = np.zeros((system.people, size, size))
    augmented[:, : system.states, : system.states] = system.matrix()
    for place, given in enumerate(system.infusions, system.states):
        augmented[:, given.into, place] = given.mg_per_h
    return augmented


def _steps(state: Array, step: Array, count: int) -> Array:
    """The states after 1 to `count` equal steps, shape (people, count, size); twice as many with each product."""
    found = np.matmul(step, state[:, :, None]).transpose(0, 2, 1)
    power = step
    while found.shape[1] < count:
        found = np.concatenate([found, np.matmul(found, power.transpose(0, 2, 1))], axis=1)
        power = power @ power
    return np.asarray(found[:, :count])


def _through(system: System, state: Array, augmented: Array, step: Array, start: float, end: float) -> None:
    """One step in which somebody's events fall: theirs in parts, each at their own moment, the others' whole."""
    events = [one.at_h for one in system.boluses]
    events += [moment for one in system.infusions for moment in (one.start_h, one.stop_h)]
    moments = np.stack(events, axis=1)
    # An event at the start has counted; one at the end, but for a bolus, counts from there on.
    theirs = ((moments > start) & (moments <= end)).any(axis=1)
    others = np.flatnonzero(~theirs)
    state[others] = np.matmul(step[others], state[others][:, :, None])[:, :, 0]
    some = np.flatnonzero(theirs)
    if not len(some):
        return
    part, theirs_state, matrices = system.taken(some), state[some], augmented[some]
    knots = np.sort(np.column_stack([np.clip(moments[some], start, end), np.full(len(some), end)]), axis=1)
    before = np.full(len(some), start)
    for now in knots.T:
        _switch(part, theirs_state, before)
        moving = np.flatnonzero(now > before)
        own = exponential(matrices[moving] * (now - before)[moving][:, None, None])
        theirs_state[moving] = np.matmul(own, theirs_state[moving][:, :, None])[:, :, 0]
        _fire(part, theirs_state, before, now)
        before = now
    state[some] = theirs_state


def _switch(system: System, state: Array, now: Array) -> None:
    """Sets which infusions run from this moment on."""
    for place, given in enumerate(system.infusions, system.states):
        state[:, place] = (given.start_h <= now) & (now < given.stop_h)


def _fire(system: System, state: Array, before: Array, now: Array) -> None:
    """Adds each bolus that falls after `before` and not after `now`."""
    for one in system.boluses:
        state[:, one.into] += np.where((before < one.at_h) & (one.at_h <= now), one.mg, 0.0)


def _write(system: System, found: Array, first: int, states: Array) -> None:
    """Writes the outputs of consecutive times, `states` of shape (people, times, size)."""
    for row, output in enumerate(system.outputs):
        found[row, first : first + states.shape[1]] = (states[:, :, output.state] * output.factor[:, None]).T
