"""What a model's file says: parameters and spread, compartments, flows, ways in, outputs, bounds, provenance."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from .expression import Expression

UNITS = {
    "1": 1.0,
    "L": 1.0,
    "L/kg": 1.0,
    "h": 1.0,
    "min": 1 / 60,
    "L/h": 1.0,
    "L/min": 60.0,
    "1/h": 1.0,
    "1/min": 60.0,
}
"""What a unit of a file is in litres and hours."""
SITES = ("arterial", "venous", "unknown")
ENANTIOMERS = ("racemate", "S", "R")
GIVEN = "given"
"""In a file: an input that lasts as long as the dose is given."""


class BadModel(ValueError):
    """A file that is not a model; says which file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of a model in litres and hours, with its spread as standard deviations of its logarithm or logit.

    `between` differs from person to person, `occasion` from session to session, `uncertain` is how well the typical
    value itself is known. `borrowed` names where the spread comes from when it is not the paper's own. `limit` caps
    the value, for shares that cannot pass 1.
    """

    name: str
    value: float
    typical: Expression | None
    between: float
    occasion: float
    uncertain: float
    logit: bool
    borrowed: str
    limit: float

    @property
    def spread(self) -> float:
        """All three together, for one session of somebody unknown."""
        return math.sqrt(self.between**2 + self.occasion**2 + self.uncertain**2)


@dataclass(frozen=True, slots=True)
class Flow:
    """A first-order flow; `target` None leaves the body. `rate` is per hour."""

    source: str
    target: str | None
    rate: Expression


@dataclass(frozen=True, slots=True)
class Into:
    """One part of a dose: its share enters `to` at once (`over` None), over hours, or as long as it is given."""

    to: str
    share: Expression | None
    over: Expression | str | None


@dataclass(frozen=True, slots=True)
class Route:
    """A way in. `later_devices` changes parameters for the second and later devices of one dose.

    `studied` are the doses whose concentrations were measured; `possible`, where wider, those that are no slip of a
    unit. `fastest` (mg/kg a minute) and `longest_min` bound an infusion as it was studied; None where unknown.
    """

    inputs: tuple[Into, ...]
    later_devices: Mapping[str, Expression]
    device_mg: float | None
    device_gap_min: float
    studied: Mapping[str, tuple[float, float]]
    studied_note: str
    possible: Mapping[str, tuple[float, float]]
    fastest: float | None
    longest_min: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """What the model predicts: which substance, sampled where, and the error of a measurement.

    `residual_sd` is of the logarithm, `residual_additive` in ng/mL. `molar` is the substance's molar mass where the
    compartment holds milligrams of the parent. `composed` was put beside the model and is not of its paper.
    """

    id: str
    enantiomer: str
    site: str
    compartment: str
    volume: str
    molar: float | None
    composed: bool
    residual_sd: float
    residual_additive: float
    residual_note: str


@dataclass(frozen=True, slots=True)
class Covariate:
    """Something that changes parameters: asked in words, answered with one of `factors`, never inferred.

    Where nobody answered, `otherwise` is taken and said; if it `widens`, the outer band also holds the other answers.
    """

    name: str
    question: str
    otherwise: str
    factors: Mapping[str, Mapping[str, float]]
    widens: bool


@dataclass(frozen=True, slots=True)
class Bound:
    """Limits of a quantity: beyond `hard` nothing is forecast, beyond `soft` it is drawn grey."""

    hard: tuple[float, float] | None
    soft: tuple[float, float] | None
    why: str


@dataclass(frozen=True, slots=True)
class Model:
    """A model as its file says it. `version` is a hash of the file and of those it stands on."""

    id: str
    version: str
    title: str
    drug: str
    kind: str
    cites: str
    url: str
    standing: str
    population: str
    people: int
    notes: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    correlated: Mapping[tuple[str, str], float]
    derived: Mapping[str, Expression]
    covariates: Mapping[str, Covariate]
    compartments: tuple[str, ...]
    flows: tuple[Flow, ...]
    eliminates: tuple[str, ...]
    routes: Mapping[str, Route]
    outputs: Mapping[str, Measured]
    bounds: Mapping[str, Bound]

    @property
    def composed(self) -> bool:
        """Whether this program put it together from several sources."""
        return self.kind == "composed"

    @property
    def parent(self) -> Measured:
        """The drug itself."""
        return next(iter(self.outputs.values()))

    @property
    def scales_with_weight(self) -> bool:
        """Whether any formula reads the weight."""
        typical = [one.typical for one in self.parameters.values() if one.typical]
        return any("weight_kg" in one.names for one in (*typical, *self.derived.values()))

    def read_by(self, output: str) -> frozenset[str]:
        """The parameters that this output depends on, by any way in."""
        seen = {self.outputs[output].compartment}
        while more := {flow.source for flow in self.flows if flow.target in seen} - seen:
            seen |= more
        formulas = [flow.rate for flow in self.flows if flow.source in seen]
        for route in self.routes.values():
            formulas += [
                each for one in route.inputs for each in (one.share, one.over) if isinstance(each, Expression)
            ]
        names = {self.outputs[output].volume, *(name for one in formulas for name in one.names)}
        while more := {name for one in names & set(self.derived) for name in self.derived[one].names} - names:
            names |= more
        return frozenset(names & set(self.parameters))

    def borrowed_by(self, output: str) -> tuple[str, ...]:
        """Where the spread of this output was taken from, as far as the paper does not give it."""
        names = self.read_by(output)
        return tuple(
            dict.fromkeys(one.borrowed for name, one in self.parameters.items() if name in names and one.borrowed)
        )

    @property
    def borrowed(self) -> tuple[str, ...]:
        """Where spread was taken from that the paper does not give."""
        return tuple(dict.fromkeys(one for output in self.outputs for one in self.borrowed_by(output)))
