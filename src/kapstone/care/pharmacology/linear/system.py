"""What is solved: compartments joined by first-order flows, doses into them, and concentrations read out of them.

Every number carries one value for each person along its last axis. Time is in hours, amounts in milligrams.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bolus:
    """An amount that is in a compartment at once: `mg` and `at_h`, shape (people,)."""

    into: int
    mg: Array
    at_h: Array


@dataclass(frozen=True, slots=True)
class Infusion:
    """A constant rate into a compartment from `start_h` to `stop_h`, in mg/h, each of shape (people,)."""

    into: int
    mg_per_h: Array
    start_h: Array
    stop_h: Array


@dataclass(frozen=True, slots=True)
class Output:
    """What is read: the amount in `state` times `factor`, of shape (people,)."""

    state: int
    factor: Array


@dataclass(frozen=True, slots=True)
class System:
    """Compartments 0 to states-1 for `people` persons.

    `flows` maps (from, to) to a rate constant per hour, shape (people,); `to` None leaves the body. Rates are ≥ 0.
    Nothing is in any compartment before the first event.
    """

    states: int
    people: int
    flows: Mapping[tuple[int, int | None], Array]
    boluses: tuple[Bolus, ...]
    infusions: tuple[Infusion, ...]
    outputs: tuple[Output, ...]

    @property
    def entered(self) -> set[int]:
        """The compartments that take doses."""
        return {one.into for one in self.boluses} | {one.into for one in self.infusions}

    def taken(self, chosen: NDArray[np.intp]) -> "System":
        """The same for some of the people."""
        return System(
            self.states,
            len(chosen),
            {link: rate[chosen] for link, rate in self.flows.items()},
            tuple(Bolus(one.into, one.mg[chosen], one.at_h[chosen]) for one in self.boluses),
            tuple(
                Infusion(one.into, one.mg_per_h[chosen], one.start_h[chosen], one.stop_h[chosen])
                for one in self.infusions
            ),
            tuple(Output(one.state, one.factor[chosen]) for one in self.outputs),
        )

    def rates(self) -> dict[tuple[int, int], Array]:
        """The entries of A by (row, column) that are not zero for everybody by structure; each of shape (people,)."""
        found: dict[tuple[int, int], Array] = {}
        for (source, target), rate in self.flows.items():
            for place, term in (((source, source), -rate), ((target, source), rate)):
                if place[0] is not None:
                    row = (place[0], place[1])
                    found[row] = found[row] + term if row in found else term
        return found

    def matrix(self) -> Array:
        """A as dense matrices, shape (people, states, states)."""
        dense = np.zeros((self.people, self.states, self.states))
        for (row, column), rate in self.rates().items():
            dense[:, row, column] = rate
        return dense


def trimmed(system: System) -> System:
    """Without the compartments that no dose reaches or that no output sees; the answers stay the same."""
    ahead = {source: {t for s, t in system.flows if s == source and t is not None} for source in range(system.states)}
    behind = {target: {s for s, t in system.flows if t == target} for target in range(system.states)}
    reached = _closure(system.entered, ahead)
    kept = sorted(
        reached & _closure({one.state for one in system.outputs}, behind) | {o.state for o in system.outputs}
    )
    place = {old: new for new, old in enumerate(kept)}
    flows: dict[tuple[int, int | None], Array] = {}
    for (source, target), rate in system.flows.items():
        if source in place:
            link = (place[source], place.get(target) if target is not None else None)
            flows[link] = flows[link] + rate if link in flows else rate
    return System(
        len(kept),
        system.people,
        flows,
        tuple(Bolus(place[one.into], one.mg, one.at_h) for one in system.boluses if one.into in place),
        tuple(
            Infusion(place[one.into], one.mg_per_h, one.start_h, one.stop_h)
            for one in system.infusions
            if one.into in place
        ),
        tuple(Output(place[one.state], one.factor) for one in system.outputs),
    )


def _closure(begin: set[int], links: Mapping[int, set[int]]) -> set[int]:
    found, waiting = set(begin), list(begin)
    while waiting:
        for each in links[waiting.pop()] - found:
            found.add(each)
            waiting.append(each)
    return found
