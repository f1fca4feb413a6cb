"""How a payer's authorisation stands, for a chart and for the board."""

from collections import Counter, defaultdict
from dataclasses import dataclass

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
    return _counted(act, [record])[0] if record else None


def _counted(act: Act, records: list[PayerAuthorisation]) -> list[Paid]:
    """Each authorisation with its doses counted, in two queries however many there are."""
    policy, _ = policy_in_force(act.clinic)
    zone, patients = act.clinic.zone, [one.patient_id for one in records]
    begun = defaultdict(list)
    rows = DoseBegun.objects.filter(clinic=act.clinic, dose__course__patient__in=patients)
    for patient, format_id, at in rows.values_list("dose__course__patient", "dose__course__format", "at"):
        begun[patient, drug_of(format_id).value].append(at.astimezone(zone).date())
    planned = Dose.objects.filter(
        clinic=act.clinic,
        course__patient__in=patients,
        course__end=None,
        begun=None,
        booking__cancelled_at=None,
        booking__ends_at__gt=act.at,
    )
    coming = Counter(
        (patient, drug_of(format_id).value)
        for patient, format_id in planned.values_list("course__patient", "course__format")
    )
    found = []
    for one in records:
        used = sum(one.since <= day <= one.until for day in begun[one.patient_id, one.drug])
        agreed = Authorisation(one.units, one.since, one.until)
        ahead, today = coming[one.patient_id, one.drug], act.at.astimezone(zone).date()
        found.append(Paid(one, standing(agreed, used, ahead, today, policy)))
    return found


def number_of(paid: PayerAuthorisation) -> str:
    """The payer's own number of an authorisation, opened."""
    if not paid.number_sealed:
        return ""
    return key_of(paid.patient).open(paid.number_sealed, f"authorisation/number/{paid.id}")


def running_short(act: Act) -> list[Paid]:
    """Everybody for whom the next authorisation is to be asked for now, by name."""
    every = visible(act, PayerAuthorisation).select_related("patient").order_by("at", "id")
    latest = {one.patient_id: one for one in every}
    short = [one for one in _counted(act, list(latest.values())) if one.standing.short]
    return sorted(short, key=lambda one: one.record.patient.name)
