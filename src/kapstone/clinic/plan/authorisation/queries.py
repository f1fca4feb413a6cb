"""How a payer's authorisation stands, for a chart and for the board."""

from dataclasses import dataclass

from kapstone.care.plan import FORMATS
from kapstone.care.plan.authorisation import Authorisation, AuthorisationStanding, standing
from kapstone.care.plan.consent import drug_of
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import key_of, policy_in_force
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.plan.models import Dose, DoseBegun, PayerAuthorisation


@dataclass(frozen=True, slots=True)
class Paid:
    """One authorisation with how it stands today."""

    record: PayerAuthorisation
    standing: AuthorisationStanding


def newest(act: Act, patient: Patient) -> PayerAuthorisation | None:
    """The newest authorisation of a patient."""
    found = visible(act, PayerAuthorisation).filter(patient=patient).select_related("by", "patient")
    return found.order_by("at", "id").last()


def stands(act: Act, patient: Patient) -> Paid | None:
    """How the newest authorisation of a patient stands today; None where no payer agreed to anything."""
    record = newest(act, patient)
    if record is None:
        return None
    policy, _ = policy_in_force(act.clinic)
    zone = act.clinic.zone
    formats = [one.id for one in FORMATS.values() if drug_of(one.id).value == record.drug]
    begun = DoseBegun.objects.filter(dose__course__patient=patient, dose__course__format__in=formats)
    used = sum(record.since <= one.at.astimezone(zone).date() <= record.until for one in begun)
    planned = Dose.objects.filter(
        course__patient=patient,
        course__format__in=formats,
        course__end=None,
        begun=None,
        booking__cancelled_at=None,
        booking__ends_at__gt=act.at,
    )
    agreed = Authorisation(record.units, record.since, record.until)
    return Paid(record, standing(agreed, used, planned.count(), act.at.astimezone(zone).date(), policy))


def number_of(paid: PayerAuthorisation) -> str:
    """The payer's own number of an authorisation, opened."""
    if not paid.number_sealed:
        return ""
    return key_of(paid.patient).open(paid.number_sealed, f"authorisation/number/{paid.id}")


def running_short(act: Act) -> list[Paid]:
    """Everybody for whom the next authorisation is to be asked for now, by name."""
    ids = visible(act, PayerAuthorisation).values_list("patient_id", flat=True)
    found = []
    for patient in visible(act, Patient, "payer.see").filter(id__in=ids).order_by("name"):
        paid = stands(act, patient)
        if paid is not None and paid.standing.short:
            found.append(paid)
    return found
