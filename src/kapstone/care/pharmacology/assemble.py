"""From a model, a person and a dose to the linear system that is solved, for all who are drawn."""

from collections.abc import Mapping

import numpy as np

from .linear import Bolus, Infusion, Output, System
from .models.expression import Array, Expression
from .models.shape import GIVEN, Into, Model, Parameter, Route
from .person import Person
from .regimen import KETAMINE_G_PER_MOL, Given, Regimen

NG_PER_ML = 1000.0
"""From mg/L."""
USUAL_AGE = 45.0
"""Any age up to 60 gives the same; used where none was given, which is said."""


def varied(model: Model) -> tuple[str, ...]:
    """The parameters that are drawn, in order: one row of normals each."""
    return tuple(name for name, one in model.parameters.items() if one.spread)


def values_of(
    model: Model, person: Person, regimen: Regimen, normals: Array, *, clearance: float = 1.0
) -> dict[str, Array]:
    """Every parameter of every drawn person, by name, in litres and hours.

    `normals` has a row for each of `varied`; zeros are the typical person. `clearance` multiplies elimination.
    """
    people = normals.shape[1]
    known: dict[str, Array] = {
        "weight_kg": np.asarray(person.weight_kg),
        "age_years": np.asarray(person.age_years if person.age_years is not None else USUAL_AGE),
        "dose_mg": np.asarray(regimen.mg),
    }
    known |= {name: np.asarray(one.value) for name, one in model.parameters.items()}
    typical = {name: _typical(one, known) for name, one in model.parameters.items()}
    for asked in model.covariates.values():
        for name, factor in asked.factors[person.covariates.get(asked.name, asked.otherwise)].items():
            typical[name] = typical[name] * factor
    for name in model.eliminates:
        typical[name] = typical[name] * clearance
    etas = _etas(model, normals)
    values = {
        name: _with(one, typical[name], etas[name]) if name in etas else np.broadcast_to(typical[name], (people,))
        for name, one in model.parameters.items()
    }
    values["weight_kg"] = np.broadcast_to(known["weight_kg"], (people,))
    values["age_years"] = np.broadcast_to(known["age_years"], (people,))
    for name, formula in model.derived.items():
        values[name] = np.broadcast_to(formula(values), (people,))
    return values


def _typical(one: Parameter, known: Mapping[str, Array]) -> Array:
    return np.asarray(one.typical(known) if one.typical else one.value)


def _with(one: Parameter, typical: Array, eta: Array) -> Array:
    if one.logit:
        odds = typical / (1 - typical) * np.exp(eta)
        return np.asarray(odds / (1 + odds))
    return np.asarray(np.minimum(typical * np.exp(eta), one.limit))


def _etas(model: Model, normals: Array) -> dict[str, Array]:
    rows = dict(zip(varied(model), normals, strict=True))
    etas = {name: row * model.parameters[name].spread for name, row in rows.items()}
    for (first, second), covariance in model.correlated.items():
        a, b = model.parameters[first].spread, model.parameters[second].spread
        share = covariance / (a * b)
        etas[second] = b * (share * rows[first] + np.sqrt(1 - share**2) * rows[second])
    return etas


def assembled(model: Model, values: Mapping[str, Array], regimen: Regimen) -> System:
    """The system of everybody in `values`, with the doses as events. Outputs are in ng/mL, in the model's order."""
    people = len(next(iter(values.values())))
    place = {name: number for number, name in enumerate(model.compartments)}
    flows: dict[tuple[int, int | None], Array] = {}
    for flow in model.flows:
        link = (place[flow.source], place[flow.target] if flow.target else None)
        rate = np.broadcast_to(flow.rate(values), (people,))
        flows[link] = flows[link] + rate if link in flows else rate
    boluses: list[Bolus] = []
    infusions: list[Infusion] = []
    route = model.routes[regimen.route]
    for part in regimen.parts:
        seen = _for_device(route, values, part)
        for into in route.inputs:
            _enter(boluses, infusions, into, place[into.to], part, seen, people)
    return System(
        len(place),
        people,
        flows,
        tuple(boluses),
        tuple(infusions),
        tuple(
            Output(
                place[one.compartment],
                NG_PER_ML * (one.molar / KETAMINE_G_PER_MOL if one.molar else 1.0) / values[one.volume],
            )
            for one in model.outputs.values()
        ),
    )


def _for_device(route: Route, values: Mapping[str, Array], part: Given) -> Mapping[str, Array]:
    if part.device == 1 or not route.later_devices:
        return values
    return {**values, **{name: formula(values) for name, formula in route.later_devices.items()}}


def _enter(
    boluses: list[Bolus],
    infusions: list[Infusion],
    into: Into,
    state: int,
    part: Given,
    values: Mapping[str, Array],
    people: int,
) -> None:
    share = into.share(values) if into.share else 1.0
    mg = np.broadcast_to(part.mg * np.asarray(share), (people,)).astype(np.float64)
    start = np.full(people, part.at_min / 60)
    hours = _hours(into, part, values)
    if hours is None:
        boluses.append(Bolus(state, mg, start))
        return
    hours = np.broadcast_to(hours, (people,))
    infusions.append(Infusion(state, mg / hours, start, start + hours))


def _hours(into: Into, part: Given, values: Mapping[str, Array]) -> Array | None:
    if isinstance(into.over, Expression):
        return into.over(values)
    if into.over == GIVEN and part.over_min:
        return np.asarray(part.over_min / 60)
    return None
