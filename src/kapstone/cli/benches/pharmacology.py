"""Pharmacology: 10,000 adults at 241 times, parent and metabolite, beside solvers of differential equations; the
memory's own limit; and one person's forecast with its bands.
"""

import importlib
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any

from .timing import WALL, Result, Skipped, against

if TYPE_CHECKING:
    from .peers.problem import Array, Problem

PEOPLE = 10_000
PEERS = ("by_numbalsoda", "by_libroadrunner", "by_openpkflow")
IN_NUMPY, COMPILED = 10.0, 50.0
"""How many times as fast as the fastest general solver: in plain NumPy, and with the extra “fast”."""
SURE_PEOPLE = 1_000
"""The propagator is slower; so many people are timed, and the rate stands for all."""
FORECAST_MS = 20.0
"""A forecast of one person with bands of 500 draws takes at most so long."""
EQUAL = 1e-6
"""Of each person's peak: answers further apart are not the same answer, and speed means nothing."""


def results(seconds: float) -> list[Result | Skipped]:
    """Every figure. AssertionError where a peer's answer is not ours."""
    from .peers.problem import problem

    asked = problem(PEOPLE)
    peers, skipped = _peers(asked)
    found: list[Result | Skipped] = [*skipped]
    ways = _ways(asked)
    rates = {}
    for module, solve in peers:
        for way, (ours, goal) in ways.items():
            held = goal if module.GENERAL and module.NAME.startswith("numbalsoda") else 1.0
            rates[module.NAME, way] = against(
                f"{way}: people solved", _people(ours), module.NAME, _people(solve), held, seconds,
                unit="people", per=WALL,
            )  # fmt: skip
    found += rates.values()
    found += [_beside_the_sure_way(way, ours, asked, seconds) for way, (ours, _) in ways.items()]
    found += [_memory(way, ours, asked, seconds) for way, (ours, _) in ways.items()]
    return [*found, *_forecasts(seconds), *_not_here(ways)]


def _ways(asked: "Problem") -> "dict[str, tuple[Callable[[], Array], float]]":
    """Ours: in plain NumPy on one processor, and compiled on all of them where the extra is installed."""
    import numpy as np

    from kapstone.care.pharmacology.linear import solve

    out = np.zeros((2, len(asked.times_h), asked.people))
    found: dict[str, tuple[Callable[[], Array], float]] = {
        "plain NumPy, one processor": (lambda: solve(asked.system, asked.times_h, out=out), IN_NUMPY)
    }
    try:
        from kapstone.care.pharmacology.linear.compiled import solve_compiled
    except ImportError:
        return found
    compiled = np.zeros_like(out)
    found["with the extra, all processors"] = (
        lambda: solve(asked.system, asked.times_h, engine=solve_compiled, out=compiled),
        COMPILED,
    )
    return found


def _not_here(ways: "dict[str, Any]") -> list[Skipped]:
    return [] if len(ways) > 1 else [Skipped("the extra “fast”", "Numba is not installed")]


def _peers(asked: "Problem") -> "tuple[list[tuple[Any, Callable[[], Array]]], list[Skipped]]":
    """Those who are installed and agree with us, and the names of those who are not installed."""
    found, skipped = [], []
    for name in PEERS:
        module = importlib.import_module(f"{__package__}.peers.{name}")
        try:
            solve = module.solver(asked)
        except ImportError as missing:
            skipped.append(Skipped(module.NAME, f"not installed ({missing.name})"))
            continue
        apart = _apart(solve(), asked)
        assert apart <= EQUAL, f"{module.NAME} is off by {apart:.1e} of the peak"
        found.append((module, solve))
    return found, skipped


def _apart(theirs: "Array", asked: "Problem") -> float:
    """The largest difference from our answer that is always right, as a share of each person's peak."""
    import numpy as np

    from kapstone.care.pharmacology.linear import solve

    outputs, _, people = theirs.shape
    ours = solve(asked.system.taken(np.arange(people)), asked.times_h, fast=False)[:outputs]
    return float((np.abs(theirs - ours) / ours.max(axis=1, keepdims=True)).max())


def _people(solve: "Callable[[], Array]") -> Callable[[], int]:
    return lambda: int(solve().shape[2])


def _beside_the_sure_way(way: str, ours: "Callable[[], Array]", asked: "Problem", seconds: float) -> Result:
    """Our own rate, whoever else is installed: beside the propagator that is always right, once they agree."""
    import numpy as np

    from kapstone.care.pharmacology.linear import solve

    few = asked.system.taken(np.arange(min(asked.people, SURE_PEOPLE)))

    def sure() -> "Array":
        return solve(few, asked.times_h, fast=False)

    apart = _apart(ours(), asked)
    assert apart <= EQUAL, f"{way} is off by {apart:.1e} of the peak"
    return against(
        f"{way}: people solved", _people(ours), "our own propagator, one processor", _people(sure), 1.0, seconds,
        unit="people", per=WALL,
    )  # fmt: skip


def _memory(way: str, ours: "Callable[[], Array]", asked: "Problem", seconds: float) -> Result:
    """Bytes of answers written a second beside filling the same memory with one number: no goal, a limit."""
    import numpy as np

    space = np.zeros((2, len(asked.times_h), asked.people))
    megabytes = space.nbytes // 1_000_000

    def fill() -> int:
        space.fill(1.0)
        return megabytes

    def write() -> int:
        ours()
        return megabytes

    return against(f"{way}: share of the memory's limit", write, "filling the same memory", fill, 0.0, seconds,
                   unit="MB", per=WALL)  # fmt: skip


def _forecasts(seconds: float) -> list[Result]:
    """One person with bands of 500 draws, the effects and what the model is held against, beside the goal."""
    from kapstone.care.pharmacology import Basis, Drug, Person, devices, dose, forecast

    asked = {
        "IV infusion": dose(Drug.KETAMINE, Basis.BASE, "iv", 35, 40),
        "esketamine spray": devices(Drug.ESKETAMINE, Basis.BASE, "in-esketamine", 3, 28, 5),
    }
    found = []
    for name, regimen in asked.items():
        seeds = count(1)

        def work(regimen: Any = regimen, seeds: Any = seeds) -> int:
            forecast(Person(70, 45), regimen, seed=next(seeds))
            return 1

        timed = against(f"forecast of one person, {name}, 500 draws", work, "", work, 1.0, seconds, per=WALL)
        found.append(
            Result(
                timed.name, f"the goal of {FORECAST_MS:g} ms", timed.ours, 1000 / FORECAST_MS, 1.0, "forecasts", WALL
            )
        )
    return found
