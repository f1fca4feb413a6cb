"""Reads how far today's session is, in words that a companion may read too."""

from dataclasses import dataclass

from kapstone.care.quantities import Instant
from kapstone.care.session import Phase
from kapstone.care.session.release import likely_earliest
from kapstone.clinic.ground.bookings.models import Booking, BookingKind
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Clinic, Patient
from kapstone.clinic.ground.people.secret import hashed
from kapstone.clinic.plan.consent.queries import next_morning, under_the_drug
from kapstone.clinic.session.models import Companion, TreatmentSession
from kapstone.clinic.session.queries import LONGEST, Seen, seen


@dataclass(frozen=True, slots=True)
class Day:
    """Where the day stands. `line` is the one sentence; `again` when somebody looks; `tonight`: its rules count;
    `before`: what to bring is still to say."""

    line: str
    again: Instant | None = None
    tonight: bool = False
    before: bool = False


def companion_of(clinic: Clinic, patient: Patient, at: Instant) -> Companion | None:
    """Who takes this patient home, where they named somebody for the dose to come or of today."""
    found = Companion.objects.filter(clinic=clinic, patient=patient, ended_at=None).order_by("made_at").last()
    return None if found is None or _day_is_over(found, at) else found


def behind(secret: str, at: Instant) -> Companion | None:
    """The companion whose address this is; None for any other, once it was taken back, and from the next morning."""
    found = Companion.objects.select_related("clinic", "patient").filter(hash=hashed(secret), ended_at=None).first()
    return None if found is None or _day_is_over(found, at) else found


def _day_is_over(companion: Companion, at: Instant) -> bool:
    """Whether the morning after the first session since the companion was named has come: they were asked for that
    day and no other."""
    named = companion.made_at.astimezone(companion.clinic.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    sessions = TreatmentSession.objects.filter(clinic=companion.clinic_id, patient=companion.patient_id)
    first = sessions.filter(opened_at__gte=named, opened_at__lte=at).order_by("opened_at").first()
    return first is not None and at >= next_morning(companion.clinic, Instant(first.opened_at))


def newest_session(act: Act, patient: Patient) -> Seen | None:
    """The patient's session of today, whoever asks: the caller has said who may see what of it."""
    found = TreatmentSession.objects.filter(
        clinic=act.clinic, patient=patient, opened_at__gt=act.at - LONGEST, opened_at__lte=act.at
    )
    row = found.select_related("patient", "policy", "dose__course").order_by("opened_at", "id").last()
    return seen(act, row) if row else None


def day_of_patient(act: Act, patient: Patient) -> Day:
    """The day of this patient in neutral words."""
    now = newest_session(act, patient)
    under = under_the_drug(act, patient) is not None
    if now is None:
        return Day("At home.", tonight=True) if under else Day("Nothing is going on today.", before=True)
    match now.phase:
        case Phase.PLANNED | Phase.ARRIVED | Phase.READY:
            return Day("Here, and not begun yet.", before=True)
        case Phase.DOSING:
            likely = likely_earliest(now.state, now.format)
            return Day("Begun. Not ready yet.", likely if likely and likely > act.at else None, tonight=True)
        case Phase.OBSERVING:
            return Day("Not ready yet.", _again(now, act.at), tonight=True)
        case Phase.RELEASED:
            return Day("Ready to go home." if under else "At home.", tonight=under)
        case Phase.TRANSFERRED:
            return Day("Please call us now.", tonight=True)
        case _:
            return Day("Not today. Please call us if you have questions.")


def _again(now: Seen, at: Instant) -> Instant:
    """When somebody looks next: as was said, else the end of the time, else soon."""
    if now.release.look_again is not None:
        return now.release.look_again
    return max(now.release.earliest or at, at)


def next_booking(act: Act, patient: Patient) -> Booking | None:
    """The visit after the dose, or whatever comes next."""
    found = Booking.objects.filter(clinic=act.clinic, patient=patient, cancelled_at=None, starts_at__gt=act.at)
    visits = found.filter(kind=BookingKind.INTEGRATION).order_by("starts_at")
    return visits.select_related("staff").first() or found.select_related("staff").order_by("starts_at").first()
