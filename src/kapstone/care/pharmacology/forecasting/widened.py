"""What else might be true of this person: another published model, another liver, kidney or weight."""

from collections.abc import Iterator
from dataclasses import replace

from kapstone.care.evidence import claim
from kapstone.care.pharmacology.models import model as model_by_id
from kapstone.care.pharmacology.models.shape import Model
from kapstone.care.pharmacology.person import Hepatic, Person, Refusal, Renal, cautions
from kapstone.care.pharmacology.regimen import Regimen

from .defaults import pairs
from .drawn import Asked, Drawn

SEXES = ("female", "male")


def other_models(used: Model, person: Person, asked: Asked) -> list[Drawn]:
    """The models that this one is held against, of those that may be used for this person and dose."""
    found = []
    for id in pairs(asked.regimen, person):
        other = model_by_id(id)
        answered = replace(person, covariates=_answered(other, person))
        if id != used.id and _usable(other, answered, asked.regimen):
            found.append(Drawn.of(other, answered, asked))
    return found


def other_bodies(used: Model, person: Person, asked: Asked) -> Iterator[tuple[str, Drawn]]:
    """A model with what is known roughly of this person's liver, kidneys or weight, and with what nobody asked."""
    person = replace(person, covariates=_answered(used, person))
    if person.hepatic is Hepatic.B:
        times = float(claim("exposure-hepatic-b").figure("times"))
        yield "Child-Pugh B: twice the exposure (unverified)", Drawn.of(used, person, asked, 1 / times)
    if person.renal is Renal.IMPAIRED:
        more = float(claim("exposure-renal").figure("auc_more_percent"))
        yield f"Impaired kidneys: {more:g} % more exposure", Drawn.of(used, person, asked, 100 / (100 + more))
    for name, one in used.covariates.items():
        if one.widens and name not in person.covariates:
            for answer in (each for each in one.factors if each != one.otherwise):
                answered = replace(person, covariates={**person.covariates, name: answer})
                yield f"If “{answer}” ({one.question})", Drawn.of(used, answered, asked)
    if used.scales_with_weight:
        for sex, kg in lean_weights(person):
            why = f"Scaled by lean weight, {kg:.0f} kg ({sex}), in place of the whole weight (unverified)"
            yield why, Drawn.of(used, replace(person, weight_kg=kg), asked)


def lean_weights(person: Person) -> list[tuple[str, float]]:
    """Lean kilograms by sex where body-mass index is 30 or more, else none; for both sexes where it is not known."""
    known = claim("lean-weight")
    if person.bmi is None or person.bmi < float(known.figure("from_bmi")):
        return []
    return [
        (sex, float(known.figure("numerator")) * person.weight_kg / (
            float(known.figure(f"{sex}_constant")) + float(known.figure(f"{sex}_by_bmi")) * person.bmi
        ))
        for sex in (SEXES if person.sex not in SEXES else (person.sex,))
    ]  # fmt: skip


def _answered(model: Model, person: Person) -> dict[str, str]:
    """Only what this model asks."""
    return {name: one for name, one in person.covariates.items() if name in model.covariates}


def _usable(model: Model, person: Person, regimen: Regimen) -> bool:
    try:
        cautions(model, person, regimen)
    except Refusal:
        return False
    return True
