"""Reads who is to be reminded now, and whether a patient wants it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from kapstone.care.plan.reminding import WEEK, Ahead, to_remind
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.models import Booking, MailChoice, Reminded, Reminder
from kapstone.clinic.ground.people.models import Clinic, Patient
from kapstone.clinic.ground.people.queries import policy_in_force

AGAIN_AFTER = timedelta(minutes=15)
"""So long after a mail that failed, or of which nothing was heard, another is tried."""

MOST_TRIES = 6
"""So many mails are tried for one patient in one day at most, those that failed included."""


def wants_mail(patient: Patient) -> bool:
    """Whether a patient gets mails that remind: yes, until they say no."""
    return patient.id not in _unwilling([patient.id])


def due(clinic: Clinic, at: Instant) -> list[tuple[Patient, tuple[Ahead, ...]]]:
    """Everybody who is to be reminded now, with what the mail names. A handful of queries, however many patients.

    A mail that failed counts as none and is tried again, a few times a day.
    """
    policy, _ = policy_in_force(clinic)
    until = at + timedelta(hours=float(policy.number("plan.day.remind_ahead_h")))
    soon = Q(cancelled_at=None, starts_at__lte=until) | Q(reminded__starts_at__gt=at)
    ahead = Booking.objects.filter(soon, clinic=clinic, starts_at__gt=at).distinct()
    coming: dict[Patient, list[Booking]] = defaultdict(list)
    for booking in ahead.select_related("patient__user").order_by("starts_at"):
        coming[booking.patient].append(booking)
    told = _told([one.id for every in coming.values() for one in every], at)
    tries = _tries([one.id for one in coming], at)
    no = _unwilling([one.id for one in coming])
    found = []
    for patient, bookings in coming.items():
        mine = tries[patient.id]
        if patient.id in no or not patient.user.email or not may_try(mine, clinic, at):
            continue
        named = [one for booking in bookings if (one := _ahead(booking, told.get(booking.id))) is not None]
        if mail := to_remind(named, [one.at for one in mine if one.counts], clinic.zone, policy, at):
            found.append((patient, mail))
    return found


@dataclass(frozen=True, slots=True)
class Try:
    """One mail to a patient: when it was begun, and whether it counts as sent: it was, or it is on its way."""

    at: Instant
    counts: bool


def may_try(tries: list[Try], clinic: Clinic, at: Instant) -> bool:
    """Whether another mail may be tried now: not right after one that failed, and not too often in a day."""
    today = [one for one in tries if one.at.astimezone(clinic.zone).date() == at.astimezone(clinic.zone).date()]
    failed = [one.at for one in today if not one.counts]
    return len(today) < MOST_TRIES and (not failed or at - max(failed) >= AGAIN_AFTER)


def _ahead(booking: Booking, told: tuple[Instant, Instant] | None) -> Ahead | None:
    """A booking as the mail may name it; None for a cancelled one of which the patient knows nothing wrong."""
    if booking.cancelled_at is None:
        return Ahead(booking.id, Instant(booking.starts_at), told[0] if told else None)
    if told is None or told[1] >= booking.cancelled_at:
        return None
    return Ahead(booking.id, told[0], told[0], off=True)


def _sent(at: Instant) -> Q:
    """Reminders that count: sent, or begun so lately that they may still be on their way."""
    return Q(sent__failure="") | Q(sent=None, at__gt=at - AGAIN_AFTER)


def _told(bookings: list[UUID], at: Instant) -> dict[UUID, tuple[Instant, Instant]]:
    """The start of which each booking's patient was last told, and when."""
    mails = Reminder.objects.filter(_sent(at))
    rows = Reminded.objects.filter(booking__in=bookings, reminder__in=mails).order_by("reminder__at", "id")
    return {
        booking: (Instant(starts), Instant(when))
        for booking, starts, when in rows.values_list("booking_id", "starts_at", "reminder__at")
    }


def _tries(patients: list[UUID], at: Instant) -> dict[UUID, list[Try]]:
    """The mails to each patient lately."""
    found: dict[UUID, list[Try]] = defaultdict(list)
    rows = Reminder.objects.filter(patient__in=patients, at__gt=at - WEEK - timedelta(days=1))
    for patient, moment, failure in rows.values_list("patient_id", "at", "sent__failure"):
        counts = failure == "" or (failure is None and at - moment < AGAIN_AFTER)
        found[patient].append(Try(Instant(moment), counts))
    return found


def _unwilling(patients: list[UUID]) -> set[UUID]:
    """Those who want no mails."""
    rows = MailChoice.objects.filter(patient__in=patients).order_by("at", "id")
    return {patient for patient, wanted in dict(rows.values_list("patient_id", "wanted")).items() if not wanted}
