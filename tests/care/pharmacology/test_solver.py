"""The one solver: the sure way, the fast way and a tight ODE solution agree, whatever the structure and doses."""

import numpy as np
import pytest
from hypothesis import given, settings
from tests.care.pharmacology.random_systems import PEOPLE, TIMES_H, by_ode, systems

from kapstone.care.pharmacology.linear import Bolus, Infusion, Output, System, areas, solve, terminal_half_lives_h
from kapstone.care.pharmacology.linear.modes import groups, modes
from kapstone.care.pharmacology.linear.system import trimmed

NEAR = 1e-9
"""Of each output's peak, as the goal says."""


def apart(one: np.ndarray, other: np.ndarray) -> float:
    """The largest difference as a share of each output's and person's peak; below 0.1 µg of doses of 1 to 100 mg
    there is none."""
    peak = np.maximum(np.abs(other).max(axis=1, keepdims=True), 1e-4)
    return float((np.abs(one - other) / peak).max())


@pytest.mark.mitigates("M-112")
@settings(max_examples=60)
@given(systems())
def test_any_structure_agrees_with_a_tight_ode_solution(system):
    found = solve(system, TIMES_H)
    for person in range(PEOPLE):
        wanted = by_ode(system, person)
        # What hardly arrives at all is below the ODE solution's own noise.
        loud = wanted.max(axis=1) > 1e-3
        assert apart(found[loud][:, :, person], wanted[loud]) <= NEAR if loud.any() else True


@pytest.mark.mitigates("M-112")
@settings(max_examples=200)
@given(systems(trees=True))
def test_the_fast_way_and_the_sure_way_agree(system):
    assert modes(trimmed(system)) is not None
    assert apart(solve(system, TIMES_H), solve(system, TIMES_H, fast=False)) <= NEAR


@settings(max_examples=150)
@given(systems())
def test_the_fast_way_where_it_is_taken_agrees_on_any_structure(system):
    assert apart(solve(system, TIMES_H), solve(system, TIMES_H, fast=False)) <= NEAR


@settings(max_examples=150)
@given(systems())
def test_the_compiled_way_is_the_same_on_any_structure(system):
    """The optional extra: the same numbers, and the same people left to the sure way."""
    compiled = pytest.importorskip("kapstone.care.pharmacology.linear.compiled")
    assert apart(solve(system, TIMES_H, engine=compiled.solve_compiled), solve(system, TIMES_H)) <= NEAR


@settings(max_examples=100)
@given(systems(trees=True))
def test_the_compiled_way_is_the_same_where_modes_exist(system):
    compiled = pytest.importorskip("kapstone.care.pharmacology.linear.compiled")
    assert apart(solve(system, TIMES_H, engine=compiled.solve_compiled), solve(system, TIMES_H, fast=False)) <= NEAR


def test_the_compiled_way_serves_more_people_than_a_block():
    compiled = pytest.importorskip("kapstone.care.pharmacology.linear.compiled")
    rate = np.linspace(0.5, 3, 2 * compiled.LANES + 7)
    many = chain(rate, np.full_like(rate, 2.0))
    out = np.empty((1, len(TIMES_H), len(rate)))
    assert solve(many, TIMES_H, engine=compiled.solve_compiled, out=out) is out
    assert apart(out, solve(many, TIMES_H, fast=False)) <= NEAR


def chain(first: np.ndarray, second: np.ndarray) -> System:
    """0 → 1 → out, from a bolus into 0; what is in 1 is seen."""
    one = np.ones(len(first))
    return System(
        2, len(first), {(0, 1): first, (1, None): second}, (Bolus(0, 100 * one, 0 * one),), (), (Output(1, one),)
    )


def test_near_equal_rates_fall_back_by_themselves_for_whom_they_are():
    close = np.array([1.0, 1e-2, 1e-4, 1e-6, 1e-8, 1e-12, 0.0])
    rate = np.full(len(close), 2.0)
    system = chain(rate, rate * (1 + close))
    sound = modes(system).sound
    assert sound[0] and not sound[-1]
    exact = np.where(
        close > 1e-5,
        100 * (np.exp(-2 * TIMES_H[:, None]) - np.exp(-2 * (1 + close) * TIMES_H[:, None])) / np.maximum(close, 1e-9),
        100 * 2 * TIMES_H[:, None] * np.exp(-2 * TIMES_H[:, None]),
    )
    # By hand: k1 / (k2 - k1) (e^-k1t - e^-k2t), and its limit k t e^-kt; the limit itself is off by half of `close`.
    found = solve(system, TIMES_H)[0]
    assert np.abs(found - exact)[:, :3].max() <= 1e-9 * 100
    assert np.abs(found - exact)[:, 3:].max() <= 1e-6 * 100
    assert apart(solve(system, TIMES_H), solve(system, TIMES_H, fast=False)) <= NEAR


def test_equal_transit_steps_have_no_eigenvectors_and_are_right():
    rate = np.array([3.0])
    flows = {(0, 1): rate, (1, 2): rate, (2, 3): rate, (3, None): rate}
    system = System(4, 1, flows, (Bolus(0, np.array([1.0]), np.array([0.0])),), (), (Output(3, np.ones(1)),))
    exact = (3 * TIMES_H) ** 3 / 6 * np.exp(-3 * TIMES_H)
    assert np.abs(solve(system, TIMES_H)[0, :, 0] - exact).max() <= 1e-12


def test_a_circle_of_one_way_flows_goes_the_sure_way():
    assert groups(3, {(1, 0), (2, 1), (0, 2)}) is None


def test_a_bolus_counts_at_its_moment_and_an_infusion_not_before():
    one = np.ones(1)
    system = System(1, 1, {(0, None): one}, (Bolus(0, one, 0 * one),), (), (Output(0, one),))
    assert solve(system, np.array([0.0, 1.0]))[0, :, 0] == pytest.approx([1, np.exp(-1)])
    infused = System(1, 1, {(0, None): one}, (), (Infusion(0, one, 0 * one, one),), (Output(0, one),))
    assert solve(infused, np.array([0.0, 1.0]))[0, :, 0] == pytest.approx([0, 1 - np.exp(-1)])


def test_areas_and_half_lives_by_hand():
    one = np.ones(1)
    system = System(1, 1, {(0, None): 0.5 * one}, (Bolus(0, 10 * one, 0 * one),), (), (Output(0, one),))
    assert areas(system)[0, 0] == pytest.approx(20)
    assert terminal_half_lives_h(system)[0, 0] == pytest.approx(np.log(2) / 0.5)
    kept = System(2, 1, {(0, 1): one}, (Bolus(0, 10 * one, 0 * one),), (), (Output(1, one),))
    assert areas(kept)[0, 0] == np.inf


@settings(max_examples=40)
@given(systems(trees=True))
def test_the_area_is_what_the_curve_adds_up_to(system):
    slowest = float(terminal_half_lives_h(system).max())
    far = np.concatenate([np.linspace(0, 10, 20001), np.geomspace(10.01, 10 + 40 * slowest, 5000)])
    found = np.trapezoid(solve(system, far), far, axis=1)
    assert np.allclose(found, areas(system), rtol=2e-2, atol=1e-9)


def test_times_out_of_order_and_doses_before_them_are_refused():
    system = chain(np.ones(1), 2 * np.ones(1))
    with pytest.raises(ValueError, match="must ascend"):
        solve(system, np.array([0.0, 0.0]))
    with pytest.raises(ValueError, match="before the first time"):
        solve(system, np.array([1.0, 2.0]))
