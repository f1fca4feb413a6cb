"""Writes what a payer agreed to pay."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kapstone.care.plan.consent import Drug
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.queries import key_of, patient_of
from kapstone.clinic.plan.consent.queries import held
from kapstone.clinic.plan.models import PayerAuthorisation


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the payer's letter says. A unit is one dose."""

    drug: Drug
    units: int
    since: date
    until: date
    number: str = ""


@action("payer.keep")
def authorise(act: Act, patient_id: UUID, agreed: Agreed) -> PayerAuthorisation:
    """Writes an authorisation; it takes the place of the one before."""
    patient = held(patient_of(act, patient_id, "payer.keep"))
    if agreed.units < 1:
        raise Refused("Units: at least 1; one unit is one dose.", "units")
    if agreed.until < agreed.since:
        raise Refused("Until: not before the first day.", "until")
    made_id = uuid7(act.at)
    number = agreed.number.strip()
    made = PayerAuthorisation.objects.create(
        id=made_id,
        clinic=act.clinic,
        patient=patient,
        at=act.at,
        by=act.person,
        drug=agreed.drug.value,
        units=agreed.units,
        since=agreed.since,
        until=agreed.until,
        number_sealed=key_of(patient).seal(number, f"authorisation/number/{made_id}") if number else b"",
    )
    sign("payer authorisation", patient.id, units=agreed.units, until=agreed.until)
    return made
