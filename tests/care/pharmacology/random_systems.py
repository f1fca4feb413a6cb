"""Random compartment models with doses, and a tight ODE solution of them by SciPy, to hold the solver against."""

import itertools

import numpy as np
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from kapstone.care.pharmacology.linear import Bolus, Infusion, Output, System

PEOPLE, HOURS = 3, 4.0
TIMES_H = np.linspace(0, HOURS, 33)
RATE = st.floats(-2, 1.5).map(lambda power: 10.0**power)
MOMENT = st.one_of(st.sampled_from([0.0, 0.5, 1.0, 2.25]), st.floats(0, HOURS))


def each(values: st.SearchStrategy[float]) -> st.SearchStrategy[np.ndarray]:
    """One number a person."""
    return st.lists(values, min_size=PEOPLE, max_size=PEOPLE).map(lambda found: np.array(found, dtype=float))


@st.composite
def systems(draw: st.DrawFn, trees: bool = False) -> System:
    """Any structure of one to six compartments; with `trees`, two-way exchanges along a tree and one exit each."""
    states = draw(st.integers(1, 6))
    flows: dict[tuple[int, int | None], np.ndarray] = {}
    if trees:
        for state in range(1, states):
            other = draw(st.integers(0, state - 1))
            flows[state, other], flows[other, state] = draw(each(RATE)), draw(each(RATE))
        flows[0, None] = draw(each(RATE))
    else:
        pairs = [(a, b) for a in range(states) for b in (*range(states), None) if a != b]
        for pair in draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=12, unique=True)):
            flows[pair] = draw(each(RATE))
    place = st.integers(0, states - 1)
    amount = each(st.floats(1, 100))
    boluses = [Bolus(draw(place), draw(amount), draw(each(MOMENT))) for _ in range(draw(st.integers(0, 2)))]
    infusions = []
    # Two in a row into one place are a change of rate; a stop is the end of one.
    for _ in range(draw(st.integers(0 if boluses else 1, 2))):
        into, start, hours = draw(place), draw(each(MOMENT)), draw(each(st.floats(0.05, 2)))
        infusions.append(Infusion(into, draw(amount), start, start + hours))
        if draw(st.booleans()):
            infusions.append(Infusion(into, draw(amount), start + hours, start + 2 * hours))
    seen = draw(st.lists(place, min_size=1, max_size=2, unique=True))
    outputs = tuple(Output(one, draw(each(st.floats(0.01, 1)))) for one in seen)
    return System(states, PEOPLE, flows, tuple(boluses), tuple(infusions), outputs)


def by_ode(system: System, person: int) -> np.ndarray:
    """One person's outputs at TIMES_H, shape (outputs, times), by DOP853 at 1e-13 from event to event.

    Every asked time ends a step: between steps the method only interpolates, which is not as tight.
    """
    one = system.taken(np.array([person]))
    a = one.matrix()[0]
    edges = {*TIMES_H, *(float(b.at_h[0]) for b in one.boluses)}
    edges |= {float(moment) for i in one.infusions for moment in (i.start_h[0], i.stop_h[0])}
    knots = sorted(edge for edge in edges if edge <= HOURS)
    state = np.zeros(one.states)
    found = []
    for begin, end in itertools.pairwise([*knots, HOURS]):
        for bolus in one.boluses:
            state[bolus.into] += bolus.mg[0] if bolus.at_h[0] == begin else 0.0
        if begin in TIMES_H:
            found.append([state[output.state] * output.factor[0] for output in one.outputs])
        rate = np.zeros(one.states)
        for given in one.infusions:
            rate[given.into] += given.mg_per_h[0] if given.start_h[0] <= begin < given.stop_h[0] else 0.0
        if end > begin:
            solved = solve_ivp(
                lambda _, y, rate=rate: a @ y + rate, (begin, end), state, "DOP853", rtol=1e-13, atol=1e-13
            )
            state = solved.y[:, -1].copy()
    return np.array(found).T
