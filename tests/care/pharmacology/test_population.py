"""A population: the same people for the same seed, however the work is split, here, on threads or on a cluster."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapstone.care.pharmacology import Basis, Drug, Person, Refusal, dose, model, population_task, simulate
from kapstone.care.pharmacology.assemble import assembled, values_of, varied
from kapstone.care.pharmacology.draws import BLOCK, block_of_normals
from kapstone.care.pharmacology.linear import areas, solve
from kapstone.care.pharmacology.population import SUMMARIES, one_block

ADULT = Person(70, 45)
IV = dose(Drug.KETAMINE, Basis.BASE, "iv", 35, 40)


def task(n: int, seed: int = 1):
    return population_task(ADULT, IV, n, seed=seed, until_min=120, step_min=5)


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(4)), st.integers(0, 2**32))
def test_any_order_of_the_blocks_gives_the_same_counts(order, seed):
    asked = task(3 * BLOCK + 17, seed)
    shuffled = simulate(asked, lambda one: (one_block(one, block) for block in order))
    assert (shuffled.counts == simulate(asked).counts).all()


def test_everybody_is_counted_once_in_each_row():
    asked = task(BLOCK + 5)
    assert (simulate(asked).counts.sum(axis=2) == asked.n).all()


def test_blocks_draw_other_people_and_a_smaller_last_block_begins_the_same():
    one, other = block_of_normals(1, 0, 3), block_of_normals(1, 1, 3)
    assert not np.allclose(one, other)
    assert (block_of_normals(1, 0, 3, 10) == one[:, :10]).all()
    assert not np.allclose(one, block_of_normals(2, 0, 3))


def test_percentiles_are_those_of_everybody_drawn():
    asked = task(2 * BLOCK)
    used = model(asked.model)
    normals = np.concatenate([block_of_normals(1, block, len(varied(used))) for block in (0, 1)], axis=1)
    system = assembled(used, values_of(used, ADULT, IV, normals), IV)
    curve = solve(system, np.arange(0, 121, 5) / 60)[0]
    found = simulate(asked)
    for row, exact in ((0, curve.max(axis=0)), (2, areas(system)[0])):
        wanted = np.percentile(exact, [5, 25, 50, 75, 95])
        assert list(found.percentiles(0, row).values()) == pytest.approx(wanted, rel=3e-3), SUMMARIES[row]
    place = found.curve_min.index(60.0)
    assert found.percentiles(0, len(SUMMARIES) + place)["p50"] == pytest.approx(np.median(curve[12]), rel=3e-3)


def test_the_compiled_way_gives_the_same_percentiles():
    pytest.importorskip("numba")
    asked = population_task(ADULT, IV, 3000, until_min=120, step_min=5, compiled=True)
    plain = population_task(ADULT, IV, 3000, until_min=120, step_min=5)
    fast, sure = simulate(asked), simulate(plain)
    for row in range(len(SUMMARIES)):
        assert fast.percentiles(0, row) == pytest.approx(sure.percentiles(0, row), rel=1e-3)


def test_progress_is_told_block_by_block():
    told: list[tuple[int, int]] = []
    simulate(task(2 * BLOCK + 1), progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_population_of_nobody_or_outside_a_model_is_refused():
    with pytest.raises(ValueError, match="A population of 0 is none"):
        task(0)
    with pytest.raises(Refusal, match="17 years"):
        population_task(Person(70, 17), IV, 10)


@pytest.mark.parametrize("scheduler", ["threads", "processes"])
def test_threads_and_processes_give_the_same_bits(scheduler):
    pytest.importorskip("dask")
    from kapstone.care.pharmacology import spread_out

    asked = task(3 * BLOCK + 17)
    assert (simulate(asked, spread_out.here(scheduler, 2)).counts == simulate(asked).counts).all()


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_of_two_workers_gives_the_same_bits():
    distributed = pytest.importorskip("distributed")
    from kapstone.care.pharmacology import spread_out

    asked = task(5 * BLOCK + 17)
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    )
    with cluster, distributed.Client(cluster) as client:
        assert len(client.scheduler_info()["workers"]) == 2
        found = simulate(asked, spread_out.on_workers(client))
    assert (found.counts == simulate(asked).counts).all()
