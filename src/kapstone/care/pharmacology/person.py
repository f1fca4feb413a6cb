"""Who is forecast, and whether a model may be: hard bounds refuse, soft ones are said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kapstone.care.evidence import claim

from .models.shape import Bound, Model, Route
from .regimen import Regimen

ROUNDED = 0.02
"""Doses are rounded to whole milligrams: so far beyond a limit is still at it."""
UNIT_SLIP = 10
"""A dose this many times beyond all that was studied is a slip of the unit: mg for mg/kg is 40 to 100 times."""


class Renal(StrEnum):
    """The kidneys, as the one study told them apart."""

    NORMAL = "normal"
    IMPAIRED = "impaired"


class Hepatic(StrEnum):
    """The liver by Child-Pugh class."""

    NORMAL = "normal"
    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class Person:
    """What a model may ask about somebody. `covariates` answers the questions of the model, by name."""

    weight_kg: float
    age_years: float | None = None
    height_cm: float | None = None
    sex: str | None = None
    hepatic: Hepatic | None = None
    renal: Renal | None = None
    covariates: Mapping[str, str] = field(default_factory=dict)

    @property
    def bmi(self) -> float | None:
        """Kilograms per square metre, where the height is known."""
        return self.weight_kg / (self.height_cm / 100) ** 2 if self.height_cm else None


class Refusal(ValueError):
    """A forecast that this model cannot give; one sentence says why."""


def cautions(model: Model, person: Person, regimen: Regimen) -> list[str]:
    """Everything that makes the forecast doubtful, each a sentence. Refusal where there can be none."""
    route = model.routes.get(regimen.route)
    if route is None:
        raise Refusal(f"{model.title} has no way in by {regimen.route}; it knows {', '.join(model.routes)}.")
    if regimen.drug != model.drug:
        raise Refusal(
            f"{model.title} is a model of {model.drug} and the dose is of {regimen.drug}: not the same drug."
        )
    found = [*_dose(route, person, regimen), *_rate(route, person, regimen), *_bounds(model, person)]
    return [*found, *_organs(person), *_asked(model, person), _studied(route)]


def outside_studied(model: Model, person: Person, regimen: Regimen) -> bool:
    """Whether the dose or the person lies outside what the model's studies held: then it is drawn grey."""
    route = model.routes[regimen.route]
    return bool(_dose(route, person, regimen) or _rate(route, person, regimen)) or any(
        value is not None and bound.soft is not None and not bound.soft[0] <= value <= bound.soft[1]
        for value, bound in _valued(model, person)
    )


def _dose(route: Route, person: Person, regimen: Regimen) -> list[str]:
    found = []
    for unit, (low, high) in route.studied.items():
        amount, words = _amount(unit, person, regimen)
        least, most = route.possible.get(unit, (low, high))
        if amount > UNIT_SLIP * most or (amount < least / UNIT_SLIP and not regimen.cut_short):
            raise Refusal(
                f"The dose is {amount:.3g} {words}, more than {UNIT_SLIP} times outside what may be given by this "
                f"route ({least:g} to {most:g} {words}). Is the unit right: mg or mg/kg?"
            )
        below = amount < low * (1 - ROUNDED) and not regimen.cut_short
        if below or amount > high * (1 + ROUNDED):
            span = _span(low, high)
            found.append(f"Outside the studied range: the dose is {amount:.3g} {words}, studied were {span} {words}.")
    return found


def _amount(unit: str, person: Person, regimen: Regimen) -> tuple[float, str]:
    return (regimen.mg / person.weight_kg, "mg/kg") if unit == "mg_per_kg" else (regimen.mg, "mg")


def _span(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _rate(route: Route, person: Person, regimen: Regimen) -> list[str]:
    """An infusion that runs faster or longer than those that were studied."""
    found = []
    if route.fastest is not None and regimen.fastest_mg_per_min > route.fastest * person.weight_kg * (1 + ROUNDED):
        usual = route.fastest * person.weight_kg
        found.append(f"Outside the studied range: it runs faster than any studied ({usual:.3g} mg a minute).")
    if route.longest_min is not None and regimen.ends_min > route.longest_min:
        ends = regimen.ends_min
        found.append(f"Outside the studied range: it runs for {ends:g} minutes, studied were {route.longest_min:g}.")
    return found


def _studied(route: Route) -> str:
    """What was studied by this route: said always, inside it as well."""
    spans = ", ".join(f"{_span(*span)} {unit.replace('_per_', '/')}" for unit, span in route.studied.items())
    return f"Studied by this route: {spans}. {route.studied_note}".strip()


def _valued(model: Model, person: Person) -> list[tuple[float | None, Bound]]:
    values = {"age_years": person.age_years, "weight_kg": person.weight_kg, "bmi": person.bmi}
    return [(values[name], bound) for name, bound in model.bounds.items()]


WORDS = {"age_years": ("age", "years"), "weight_kg": ("weight", "kg"), "bmi": ("body-mass index", "kg/m²")}


def _bounds(model: Model, person: Person) -> list[str]:
    found = []
    for (value, bound), name in zip(_valued(model, person), model.bounds, strict=True):
        what, unit = WORDS[name]
        if value is None:
            if name == "age_years":
                found.append(f"The age was not given; {model.title} was read for an adult of at most 60.")
            continue
        if bound.hard and not bound.hard[0] <= value <= bound.hard[1]:
            raise Refusal(
                f"The {what} is {value:g} {unit}; {model.title} gives no forecast outside {bound.hard[0]:g} to "
                f"{bound.hard[1]:g} {unit}: {bound.why}."
            )
        if bound.soft and not bound.soft[0] <= value <= bound.soft[1]:
            found.append(
                f"Outside the studied range: the {what} is {value:.3g} {unit}, studied were {bound.soft[0]:g} to "
                f"{bound.soft[1]:g} {unit}; {bound.why}."
            )
    return found


def _organs(person: Person) -> list[str]:
    said = []
    if person.hepatic is Hepatic.C:
        raise Refusal("Child-Pugh class C: not studied and not recommended by the label; there is no forecast.")
    if person.hepatic is Hepatic.B:
        said.append("Child-Pugh class B: exposure may double (unverified); the outer band holds that.")
    if person.renal is Renal.IMPAIRED:
        said.append(
            "Impaired kidneys: 13 to 36 % more exposure in one study of the spray; the outer band holds that."
        )
    if person.bmi is not None and person.bmi >= float(claim("lean-weight").figure("from_bmi")):
        said.append(
            f"Body-mass index {person.bmi:.0f}: the outer band also scales by lean weight, where weight counts."
        )
    return said


def _asked(model: Model, person: Person) -> list[str]:
    unknown = set(person.covariates) - set(model.covariates)
    if unknown:
        known = ", ".join(model.covariates) or "none"
        raise Refusal(f"{model.title} asks nothing called “{min(unknown)}”; it asks {known}.")
    found = []
    for name, one in model.covariates.items():
        answer = person.covariates.get(name)
        if answer is None:
            found.append(f"Not asked: {one.question} Taken as “{one.otherwise}”.")
        elif answer not in one.factors:
            raise Refusal(f"{name} is “{answer}”; give {', '.join(one.factors)}.")
    return found
