"""Gathers what a forecast needs of a patient, and says in a sentence why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from kapstone.care.evidence import Policy
from kapstone.care.pharmacology import Forecast, Refusal
from kapstone.care.plan import FORMATS, check_dose
from kapstone.care.plan.forecast import Asked, dose_forecast, milestones, planned_regimen, typical_at
from kapstone.care.quantities import Instant, Kg, Mg
from kapstone.clinic.evaluation.queries import intake_of
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import age_on
from kapstone.clinic.plan.queries import course_of

from .pictures import Drawing, Share, concentration, drawing, not_said, pressure, provenance, shares

CHILD_PUGH = {"none": "normal", "a": "A", "b": "B", "c": "C"}
"""How the evaluation says a liver, and how the models do."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A forecast as a page shows it; or `refused`, the sentence that says why there is none."""

    refused: str = ""
    said: str = ""
    grey: bool = False
    limits: tuple[str, ...] = ()
    """The clinic's own limits that the dose touches."""
    drawings: tuple[Drawing, ...] = ()
    shares: tuple[Share, ...] = ()
    doubts: tuple[str, ...] = ()
    provenance: tuple[dict[str, str], ...] = ()


def asked_of(
    act: Act,
    patient: Patient,
    weight_kg: Decimal,
    *,
    at: Instant | None = None,
    renal: str | None = None,
    answers: Mapping[str, str] | None = None,
) -> Asked:
    """The patient as the models ask: age at `at` or now, height and liver from the evaluation; nothing inferred."""
    intake = intake_of(act, patient)
    return Asked(
        weight=Kg(weight_kg),
        age_years=age_on(patient.birth_date, (at or act.at).astimezone(act.clinic.zone).date()),
        height_cm=float(intake.height_cm) if intake.height_cm is not None else None,
        hepatic=CHILD_PUGH.get(intake.child_pugh or ""),
        renal=renal,
        answers=answers,
    )


def planned(act: Act, patient: Patient) -> dict[str, object]:
    """The dose of the newest course, to be looked at; nothing where there is none."""
    course = course_of(act, patient)
    return {"format_id": course.format, "mg": course.mg, "weight_kg": course.weight_kg} if course else {}


def shown_for(
    act: Act, patient: Patient, values: Mapping[str, Any], policy: Policy, answers: Mapping[str, str] | None = None
) -> Shown:
    """The forecast of the dose as it stands in a form: format_id, mg, weight_kg and, where it was asked, renal."""
    asked = asked_of(act, patient, values["weight_kg"], renal=values.get("renal") or None, answers=answers)
    return shown(asked, values["format_id"], values["mg"], policy)


def shown(asked: Asked, format_id: str, mg: Decimal, policy: Policy, *, uid: str = "forecast") -> Shown:
    """The forecast of a dose that somebody entered, over what was studied, with the session's milestones."""
    format_ = FORMATS[format_id]
    limits = tuple(str(one.reason) for one in check_dose(format_, Mg(mg), asked.weight, policy).limits)
    try:
        regimen = planned_regimen(format_, Mg(mg), policy)
        found = dose_forecast(asked, regimen)
        studied = typical_at(asked, regimen)
    except Refusal as refusal:
        return Shown(refused=str(refusal), limits=limits)
    marks = milestones(format_, policy)
    drawings = [drawing(concentration(found, marks, studied), uid, found.parent.notes)]
    if rise := pressure(found, None, milestones=marks):
        drawings.append(drawing(rise[0], f"{uid}-pressure"))
    return replace(of_forecast(found, drawings, Mg(mg).per(asked.weight)), limits=limits)


def of_forecast(found: Forecast, drawings: list[Drawing], per_kg: object, said: tuple[str, ...] = ()) -> Shown:
    """Everything of a forecast beside its drawings."""
    return Shown(
        said=f"{found.regimen.mg:.4g} mg of {found.regimen.drug} (base), {per_kg}",
        grey=found.grey,
        drawings=tuple(drawings),
        shares=tuple(shares(found)),
        doubts=(*said, *found.warnings, *not_said(found)),
        provenance=tuple({"label": name, "value": value} for name, value in provenance(found)),
    )
