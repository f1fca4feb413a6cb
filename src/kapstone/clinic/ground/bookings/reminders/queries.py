"""Reads who is to be reminded now, and whether a patient wants it."""

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

from kapstone.care.plan.reminding import WEEK, Ahead, to_remind
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.models import Booking, MailChoice, Reminded, Reminder
from kapstone.clinic.ground.people.models import Clinic, Patient
from kapstone.clinic.ground.people.queries import policy_in_force


def wants_mail(patient: Patient) -> bool:
    """Whether a patient gets mails that remind: yes, until they say no."""
    return patient.id not in _unwilling([patient.id])


def due(clinic: Clinic, at: Instant) -> list[tuple[Patient, tuple[Ahead, ...]]]:
    """Everybody who is to be reminded now, with what the mail names. A handful of queries, however many patients."""
    policy, _ = policy_in_force(clinic)
    until = at + timedelta(hours=float(policy.number("plan.day.remind_ahead_h")))
    soon = Booking.objects.filter(clinic=clinic, cancelled_at=None, starts_at__gt=at, starts_at__lte=until)
    coming: dict[Patient, list[Booking]] = defaultdict(list)
    for booking in soon.select_related("patient__user").order_by("starts_at"):
        coming[booking.patient].append(booking)
    told = _told([one.id for every in coming.values() for one in every])
    mailed, no = _mailed([one.id for one in coming], at), _unwilling([one.id for one in coming])
    found = []
    for patient, bookings in coming.items():
        if patient.id in no or not patient.user.email:
            continue
        ahead = [Ahead(one.id, Instant(one.starts_at), told.get(one.id)) for one in bookings]
        if named := to_remind(ahead, mailed[patient.id], clinic.zone, policy, at):
            found.append((patient, named))
    return found


def _told(bookings: list[UUID]) -> dict[UUID, Instant]:
    """The start of which each booking's patient was last reminded."""
    rows = Reminded.objects.filter(booking__in=bookings).order_by("reminder__at", "id")
    return {booking: Instant(starts) for booking, starts in rows.values_list("booking_id", "starts_at")}


def _mailed(patients: list[UUID], at: Instant) -> dict[UUID, list[Instant]]:
    """When each patient was mailed lately."""
    found: dict[UUID, list[Instant]] = defaultdict(list)
    rows = Reminder.objects.filter(patient__in=patients, at__gt=at - WEEK - timedelta(days=1))
    for patient, moment in rows.values_list("patient_id", "at"):
        found[patient].append(Instant(moment))
    return found


def _unwilling(patients: list[UUID]) -> set[UUID]:
    """Those who want no mails."""
    rows = MailChoice.objects.filter(patient__in=patients).order_by("at", "id")
    return {patient for patient, wanted in dict(rows.values_list("patient_id", "wanted")).items() if not wanted}
