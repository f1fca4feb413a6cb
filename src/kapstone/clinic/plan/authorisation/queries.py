"""How a payer's authorisation stands, for a chart and for the board."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from kapstone.care.plan.authorisation import Authorisation, AuthorisationStanding, standing
from kapstone.care.plan.consent import drug_of
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import key_of, policy_in_force
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.plan.models import Dose, DoseBegun, PayerAuthorisation
from kapstone.clinic.plan.queries import running_course


@dataclass(frozen=True, slots=True)
class Paid:
    """One authorisation with how it stands today."""

    record: PayerAuthorisation
    standing: AuthorisationStanding


def stands(act: Act, patient: Patient) -> Paid | None:
    """How the payer's agreement stands today for the drug of the running course, or else for the drug that was last
    agreed to; None where no payer agreed to anything."""
    found = _current(act, visible(act, PayerAuthorisation).filter(patient=patient))
    if not found:
        return None
    course = running_course(act, patient)
    wanted = drug_of(course.format).value if course else ""
    last = max(found, key=lambda one: (one.at, one.id))
    record = next((one for one in found if one.drug == wanted), last)
    return _counted(act, [record])[0]


def _current(act: Act, records: QuerySet[PayerAuthorisation]) -> list[PayerAuthorisation]:
    """Of each patient and drug the one that counts: the last written that holds today, else the next to begin, else
    the last to end. So a renewal that is written early hides nothing."""
    today = act.at.astimezone(act.clinic.zone).date()
    found: dict[tuple[UUID, str], PayerAuthorisation] = {}
    for one in records.select_related("by", "patient").order_by("at", "id"):
        known = found.get((one.patient_id, one.drug))
        if known is None or _rank(one, today) >= _rank(known, today):
            found[one.patient_id, one.drug] = one
    return list(found.values())


def _rank(one: PayerAuthorisation, today: date) -> tuple[int, int]:
    if one.since <= today <= one.until:
        return 2, 0
    return (1, -(one.since - today).days) if today < one.since else (0, -(today - one.until).days)


def _counted(act: Act, records: list[PayerAuthorisation]) -> list[Paid]:
    """Each authorisation with its doses counted, in three queries however many there are."""
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
    every = list(PayerAuthorisation.objects.filter(clinic=act.clinic, patient__in=patients))
    found = []
    for one in records:
        used = sum(one.since <= day <= one.until for day in begun[one.patient_id, one.drug])
        agreed = Authorisation(one.units, one.since, one.until)
        ahead, today = coming[one.patient_id, one.drug], act.at.astimezone(zone).date()
        same = [each for each in every if (each.patient_id, each.drug) == (one.patient_id, one.drug)]
        renewed = any(each.since <= one.until + timedelta(days=1) and each.until > one.until for each in same)
        found.append(Paid(one, standing(agreed, used, ahead, today, policy, renewed)))
    return found


def number_of(paid: PayerAuthorisation) -> str:
    """The payer's own number of an authorisation, opened."""
    if not paid.number_sealed:
        return ""
    return key_of(paid.patient).open(paid.number_sealed, f"authorisation/number/{paid.id}")


def running_short(act: Act) -> list[Paid]:
    """Everybody for whom the next authorisation is to be asked for now, by name."""
    every = _current(act, visible(act, PayerAuthorisation))
    short = [one for one in _counted(act, every) if one.standing.short]
    return sorted(short, key=lambda one: one.record.patient.name)
