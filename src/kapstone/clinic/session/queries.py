"""Reads sessions: the board of a day, one session with its folded record, and what stands before release."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from kapstone.care.evidence import Policy
from kapstone.care.plan import FORMATS, Format
from kapstone.care.quantities import Instant
from kapstone.care.quantities.moments import instant
from kapstone.care.session import Event, Phase, Release, SessionState, release
from kapstone.care.session.next_change import next_change
from kapstone.care.session.slots import Slot, slots
from kapstone.care.session.unanswered import Waiting, waiting
from kapstone.clinic.ground.bookings.models import Booking, BookingKind
from kapstone.clinic.ground.bookings.queries import on_day
from kapstone.clinic.ground.concerns.models import Tier
from kapstone.clinic.ground.concerns.queries import open_items
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import policy_of
from kapstone.clinic.ground.people.who import may, visible
from kapstone.clinic.plan.models import Dose
from kapstone.clinic.plan.queries import dose_booked_as
from kapstone.clinic.session.models import TreatmentSession
from kapstone.clinic.session.record import first_bad, glances, state_of

LONGEST = timedelta(hours=24)
"""No session runs longer; one that was never closed is told of on the board of its own day."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One session as its page shows it at a moment."""

    session: TreatmentSession
    state: SessionState
    policy: Policy
    format: Format
    at: Instant

    @property
    def release(self) -> Release:
        """What stands between the patient and the door, worked out when asked."""
        return release(self.state, self.format, self.at)

    @property
    def phase(self) -> Phase:
        """Where the session stands."""
        return self.state.phase

    def slots(self, at: Instant) -> tuple[Slot, ...]:
        """The sets of readings of this session, up to the one that comes next."""
        return slots(self.state, self.format, at)

    def next_change(self, at: Instant) -> Instant | None:
        """When anything of it next changes by time alone."""
        return next_change(self.state, self.format, at)

    def waiting(self, at: Instant) -> tuple[Waiting, ...]:
        """What waits for somebody at this moment."""
        return waiting(self.state, self.format, at)


@dataclass(frozen=True, slots=True)
class Card:
    """One booked dose on the board."""

    booking: Booking
    dose: Dose | None
    seen: Seen | None

    @property
    def phase(self) -> Phase:
        """Planned until the patient arrives."""
        return self.seen.phase if self.seen else Phase.PLANNED


def session_of(act: Act, session_id: UUID, verb: str = "") -> Seen:
    """One session with its record. NotThere when it is not this actor's to see."""
    found = visible(act, TreatmentSession, verb).select_related(
        "patient", "policy", "dose__course__therapist", "dose__booking__room"
    )
    session = found.filter(id=session_id).first()
    if session is None:
        raise NotThere("No such session.")
    return seen(act, session)


def seen(act: Act, session: TreatmentSession) -> Seen:
    """The session with its folded record at this moment."""
    policy = policy_of(session.policy)
    return Seen(session, state_of(session, policy), policy, FORMATS[session.dose.course.format], act.at)


def glanced(act: Act, sessions: QuerySet[TreatmentSession]) -> Iterator[Seen]:
    """Each of these sessions without what people wrote in words: for whoever looks at every session that runs."""
    states = dict(glances(sessions))
    rows = sessions.select_related("patient", "dose__course", "dose__booking__room")
    for session in rows.order_by("opened_at", "id"):
        if session.id in states:  # one that was opened since is there at the next look
            policy, state = states[session.id]
            yield Seen(session, state, policy, FORMATS[session.dose.course.format], act.at)


def sessions(act: Act, patient: Patient, verb: str = "session.see") -> QuerySet[TreatmentSession]:
    """A patient's sessions, oldest first."""
    found = (
        visible(act, TreatmentSession, verb)
        .filter(patient=patient)
        .select_related("dose__course", "policy", "patient")
    )
    return found.order_by("opened_at")


def session_for(act: Act, dose: Dose, verb: str = "") -> TreatmentSession | None:
    """The session of a dose, once the patient arrived; the newest where one was called off and they came again."""
    found = visible(act, TreatmentSession, verb).filter(dose=dose).select_related("patient", "policy", "dose__course")
    return found.order_by("opened_at", "id").last()


def medicines_of(dose: Dose) -> list[Event]:
    """Every medicine that was given around a dose, over all its sessions: one may have been called off."""
    every = TreatmentSession.objects.filter(dose=dose).select_related("policy", "patient").order_by("opened_at", "id")
    return [event for one in every for event in state_of(one, policy_of(one.policy)).medicines]


def unfinished_session(act: Act, but_for: Dose) -> TreatmentSession | None:
    """Another session of the same patient that has begun and is not over."""
    others = visible(act, TreatmentSession, "session.arrive").filter(patient_id=but_for.course.patient_id)
    for session in others.exclude(dose=but_for).select_related("patient", "policy", "dose"):
        if not state_of(session, policy_of(session.policy)).phase.over:
            return session
    return None


def urgent_concern(act: Act, patient_id: UUID) -> str:
    """Why a person must come first, in a sentence: an urgent concern is open. Empty where none is."""
    if any(one.concern.tier == Tier.NOW for one in open_items(act, patient_id)):
        return "An urgent concern about this patient is open. Settle it with a person first, then go on."
    return ""


def urgent(act: Act, now: Seen) -> str:
    """The same for a running session, in which a call for help comes before anything else."""
    if now.state.helping is not None:
        return "A call for help runs. Write how it ended first."
    return urgent_concern(act, now.session.patient_id)


def day_of(act: Act) -> tuple[Instant, Instant]:
    """The clinic's local day that holds this moment."""
    local = act.at.astimezone(act.clinic.zone).date()
    start = datetime.combine(local, time(), tzinfo=act.clinic.zone)
    end = datetime.combine(local + timedelta(days=1), time(), tzinfo=act.clinic.zone)
    return instant(start), instant(end)


def board(act: Act) -> list[Card]:
    """Today's booked doses, in time order. Whoever notes arrivals sees who is here, and nothing of the record."""
    cards, verb = [], "session.see" if may(act, "session.see") else "session.arrive"
    for booking in on_day(act, *day_of(act), kind=BookingKind.DOSING):
        dose = dose_booked_as(act, booking.id)
        session = session_for(act, dose, verb) if dose else None
        card = Card(booking, dose, seen(act, session) if session else None)
        stale = card.phase is Phase.CANCELLED and _of_another_day(act, card)
        cards.append(replace(card, seen=None) if stale else card)
    return cards


def _of_another_day(act: Act, card: Card) -> bool:
    opened_at = card.seen.session.opened_at if card.seen else act.at
    return opened_at < day_of(act)[0]


def doses_given(act: Act, patient: Patient) -> list[tuple[int, Instant, Instant | None]]:
    """Number, clock zero and end of every dose that was begun, oldest first."""
    found = []
    for session in sessions(act, patient, "outcome.see"):
        state = state_of(session, policy_of(session.policy))
        if state.clock_zero:
            found.append((session.dose.number, state.clock_zero, state.dose_end))
    return found


def dose_end(act: Act, booking_id: UUID) -> Instant | None:
    """When the dose of this booking ended; None before it did."""
    found = visible(act, TreatmentSession).filter(dose__booking_id=booking_id).select_related("policy", "patient")
    session = found.order_by("opened_at", "id").last()
    return state_of(session, policy_of(session.policy)).dose_end if session else None


def broken_records() -> list[str]:
    """Every session whose chain does not hold, in words."""
    found = []
    for session in TreatmentSession.objects.order_by("opened_at").iterator():
        wrong = first_bad(session)
        if wrong is not None:
            found.append(f"session {session.id}, line {wrong}")
    return found


def card(act: Act, patient_id: UUID) -> dict[str, object]:
    """What the chart shows of this room."""
    patient = visible(act, Patient).get(id=patient_id)
    return {"sessions": [seen(act, one) for one in sessions(act, patient)]}
