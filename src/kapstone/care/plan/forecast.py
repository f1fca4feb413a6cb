"""The forecast of a dose as the plan knows it: a format, milligrams, a weight. It proposes none."""

from collections.abc import Mapping
from dataclasses import dataclass

from kapstone.care.evidence import Policy
from kapstone.care.pharmacology import (
    FEW,
    PAGE_STEP_MIN,
    UNTIL_MIN,
    Basis,
    Drug,
    Forecast,
    Hepatic,
    Model,
    Person,
    Refusal,
    Regimen,
    Renal,
    default_models,
    devices,
    dose,
    forecast,
    model,
)
from kapstone.care.quantities import Kg, Mg, plain

from .formats import Format


@dataclass(frozen=True, slots=True)
class Milestone:
    """A minute of the session with its name, and the policy line that says so."""

    minute: float
    words: str
    policy_key: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a model asks of the patient: never inferred. `answers` are its words."""

    name: str
    words: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who the forecast is for: a whole-number age, the weight that counts, and what was answered."""

    weight: Kg
    age_years: int
    height_cm: float | None = None
    hepatic: str | None = None
    renal: str | None = None
    answers: Mapping[str, str] | None = None

    @property
    def person(self) -> Person:
        """The same for the engine; floats are its own affair."""
        return Person(
            float(self.weight.value),
            float(self.age_years),
            self.height_cm,
            None,
            Hepatic(self.hepatic) if self.hepatic else None,
            Renal(self.renal) if self.renal else None,
            self.answers or {},
        )


def drug_of(format_: Format) -> Drug:
    """The drug that the format gives, as the engine names it."""
    return Drug.KETAMINE if format_.racemic else Drug.ESKETAMINE


def model_of(format_: Format) -> Model:
    """The published model that answers for the format before the patient is known."""
    return model(default_models(dose(drug_of(format_), Basis.BASE, format_.id, 1, 0))[0])


def planned_regimen(format_: Format, mg: Mg, policy: Policy) -> Regimen:
    """The dose as it would be given by the policy's duration. Refusal for milligrams that no devices make."""
    if format_.fixed_doses:
        return given_by_device(format_, mg)
    over = float(policy.number(f"plan.{format_.id}.duration_min")) if format_.id == "iv" else 0.0
    return dose(drug_of(format_), Basis.BASE, format_.id, float(mg.value), over)


def given_by_device(format_: Format, mg: Mg) -> Regimen:
    """So many whole devices, the label's minutes apart. Refusal where the milligrams are no whole number of them."""
    route = model_of(format_).routes[format_.id]
    size = route.device_mg or 1.0
    count = float(mg.value) / size
    if count != int(count) or count < 1:
        raise Refusal(f"{plain(mg.value)} mg is no whole number of devices of {size:g} mg.")
    return devices(Drug.ESKETAMINE, Basis.BASE, format_.id, int(count), size, route.device_gap_min)


def dose_forecast(asked: Asked, regimen: Regimen) -> Forecast:
    """The forecast of four hours. Refusal where a model must not be used."""
    return forecast(asked.person, regimen, until_min=UNTIL_MIN, step_min=PAGE_STEP_MIN)


def questions(format_: Format) -> tuple[Question, ...]:
    """What the format's model asks of the patient."""
    asks = model_of(format_).covariates.values()
    return tuple(Question(one.name, one.question, tuple(one.factors)) for one in asks)


def milestones(format_: Format, policy: Policy, ended_min: float | None = None) -> tuple[Milestone, ...]:
    """The session's milestones in minutes from clock zero, by this clinic's policy.

    `ended_min` is when the dose ended, where that is known; without it the policy's duration counts.
    """
    given, stay = f"plan.{format_.id}.duration_min", f"plan.{format_.id}.observe_min"
    end = float(policy.number(given)) if ended_min is None else ended_min
    found = [Milestone(end, "dose ends", given)] if end else []
    if format_.fixed_doses:
        # The label's look at the pressure stands whatever a forecast shows: it is the first set after the dose.
        slots = f"session.slots.{format_.id}"
        found.append(
            Milestone(min(float(one) for one in policy.names(slots) if float(one)), "pressure, always", slots)
        )
    return (*found, Milestone(end + float(policy.number(stay)), "earliest way home", stay))


def typical_at(asked: Asked, regimen: Regimen) -> list[tuple[str, Forecast]]:
    """The same at the lowest and the highest dose studied by this route, by name; only the middle is meant."""
    route = model(default_models(regimen, asked.person)[0]).routes[regimen.route]
    (unit, ends), *_ = route.studied.items()
    found = []
    for end in dict.fromkeys(ends):
        share = end * (float(asked.weight.value) if unit == "mg_per_kg" else 1.0) / regimen.mg
        drawn = forecast(
            asked.person, regimen.times(share), until_min=UNTIL_MIN, step_min=PAGE_STEP_MIN, draws=FEW, effects=()
        )
        found.append((f"{end:g} {unit.replace('_per_', '/')}", drawn))
    return found
