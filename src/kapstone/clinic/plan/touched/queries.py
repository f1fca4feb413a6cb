"""What cannot stay as it is booked: somebody is not there any more, something is closed, or a dose lacks its visit.

A dose that is still to come is looked at with its visit. After a dose was given, its visit is looked at alone,
against the end that the dose really had; preparation visits are looked at for themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from kapstone.care.evidence import Policy
from kapstone.care.plan import TherapyForm, in_window, visit_expected
from kapstone.care.plan.course import EndState
from kapstone.care.quantities import Instant, hours
from kapstone.clinic.ground.bookings.calendar.queries import Asked, who_is_there
from kapstone.clinic.ground.bookings.models import Booking, BookingKind
from kapstone.clinic.ground.bookings.solving.problem import Span, inside
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.queries import policy_in_force
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.plan.models import Dose


class By(StrEnum):
    """How a booking that cannot stay is put right."""

    REPLAN = "replan"
    DOSE = "dose"
    VISIT = "visit"
    PREPARATION = "preparation"


@dataclass(frozen=True, slots=True)
class Touched:
    """A booking that cannot stay, and why. `dose` is the dose that it is or follows; None for a preparation.

    `by` says how: with everybody's new plan, by moving the dose with its visit, or by moving the visit alone.
    """

    booking: Booking
    dose: Dose | None
    why: str
    by: By


@dataclass(frozen=True, slots=True)
class CannotStay:
    """For the board: doses without their visit, bookings that cannot stay, and why the calendar cannot be read."""

    alone: tuple[Dose, ...] = ()
    touched: tuple[Touched, ...] = ()
    unread: str = ""


def cannot_stay(act: Act) -> CannotStay:
    """Everything for the board. Where a line of the policy makes the calendar unreadable, it says so and the board
    stands."""
    alone = tuple(orphans(act))
    try:
        return CannotStay(alone, tuple(touched(act)))
    except Refused as no:
        return CannotStay(alone, (), str(no))


def coming(act: Act, verb: str = "") -> QuerySet[Dose]:
    """Doses of running courses that have not begun and are booked from now on, in time order."""
    found = visible(act, Dose, verb).filter(
        begun=None, course__end=None, booking__cancelled_at=None, booking__starts_at__gt=act.at
    )
    return _whole(found)


def given_lately(act: Act, policy: Policy, verb: str = "") -> QuerySet[Dose]:
    """Doses that were given so lately that the visit after them is still owed, in time order."""
    since = act.at - hours(float(policy.number("plan.course.integration_to_h"))) - timedelta(days=1)
    found = visible(act, Dose, verb).filter(begun__at__gt=since).exclude(course__end__state=EndState.DIED.value)
    return _whole(found)


def not_given(act: Act, verb: str = "") -> QuerySet[Dose]:
    """Doses of running courses whose time has begun or passed and that have not begun, in time order."""
    found = visible(act, Dose, verb).filter(
        begun=None, course__end=None, booking__cancelled_at=None, booking__starts_at__lte=act.at
    )
    return _whole(found)


def _whole(doses: QuerySet[Dose]) -> QuerySet[Dose]:
    """Doses in time order with all that is asked of them here, in few queries however many there are."""
    found = doses.select_related(
        "begun", "booking__room", "booking__staff", "booking__patient", "course__patient", "course__therapist"
    )
    pairs = ("booking__pairs__staff", "booking__pairs__room", "booking__pairs__patient")
    return found.prefetch_related(*pairs).order_by("booking__starts_at")


def visit_of_dose(dose: Dose) -> Booking | None:
    """The visit that is booked after a dose."""
    standing = [one for one in dose.booking.pairs.all() if one.cancelled_at is None]
    return min(standing, key=lambda one: one.starts_at, default=None)


def both(dose: Dose) -> list[Booking]:
    """A dose's booking and that of its visit."""
    visit = visit_of_dose(dose)
    return [dose.booking, *([visit] if visit else [])]


def orphans(act: Act, verb: str = "") -> list[Dose]:
    """Doses whose visit is missing or lies outside its window, the next first: those to come, and those given whose
    window is not over yet."""
    policy, _ = policy_in_force(act.clinic)
    to_come = [dose for dose in coming(act, verb) if not _paired(dose, policy)]
    given = [
        dose for dose in given_lately(act, policy, verb) if _open(act, dose, policy) and not _paired(dose, policy)
    ]
    return [*given, *to_come]


def _open(act: Act, dose: Dose, policy: Policy) -> bool:
    """Whether the window after a dose that was given has not closed."""
    ends = dose.booking.dose_ends_at
    return ends is not None and ends + hours(float(policy.number("plan.course.integration_to_h"))) >= act.at


def _paired(dose: Dose, policy: Policy) -> bool:
    if not visit_expected(TherapyForm(dose.course.therapy_form), dose.number):
        return True
    visit, ends = visit_of_dose(dose), dose.booking.dose_ends_at
    return visit is not None and ends is not None and in_window(Instant(visit.starts_at), Instant(ends), policy)


def touched(act: Act, verb: str = "") -> list[Touched]:
    """Every booking ahead that cannot stay as it is, in time order."""
    policy, _ = policy_in_force(act.clinic)
    missed = [dose for dose in not_given(act, verb) if dose.booking.ends_at <= act.at]
    found = [Touched(one.booking, one, "was not given: move it, or end the course", By.DOSE) for one in missed]
    ahead = sorted(_ahead(act, policy, verb), key=lambda one: one[0].starts_at)
    if ahead:
        last = ahead[-1][0].starts_at.astimezone(act.clinic.zone).date()
        there = _There(who_is_there(act.clinic, policy, act.at, last))
        found += [Touched(one, dose, why, by) for one, dose, by in ahead if (why := there.why_not(one))]
    return found


def _ahead(act: Act, policy: Policy, verb: str) -> Iterator[tuple[Booking, Dose | None, By]]:
    for dose in coming(act, verb):
        yield from ((one, dose, By.REPLAN) for one in both(dose))
    late = [dose for dose in not_given(act, verb) if dose.booking.ends_at > act.at]
    for dose in (*late, *given_lately(act, policy, verb)):
        visit = visit_of_dose(dose)
        if visit is not None and visit.starts_at > act.at:
            yield visit, dose, By.VISIT
    prepared = visible(act, Booking, verb).filter(
        kind=BookingKind.PREPARATION, cancelled_at=None, starts_at__gt=act.at
    )
    yield from ((one, None, By.PREPARATION) for one in prepared.select_related("patient", "room", "staff"))


class _There:
    """Who is there when, and which room is open: read once, asked for each booking."""

    def __init__(self, asked: Asked) -> None:
        problem = asked.problem()
        staff, rooms = {one.name: one for one in problem.staff}, {one.name: one for one in problem.rooms}
        self.people = {user.id: staff[name] for name, user in asked.people.items()}
        self.rooms = {room.id: rooms[name] for name, room in asked.rooms.items()}
        self.until = problem.all_days[-1].end

    def why_not(self, booking: Booking) -> str:
        """Why a booking cannot stay, in a few words; empty where it can, or lies too far ahead to be looked at."""
        span = _span(booking.starts_at, booking.ends_at)
        if span.end > self.until:
            return ""
        room = self.rooms.get(booking.room_id) if booking.room_id else None
        if not booking.remote and (room is None or any(one.meets(span) for one in room.closed)):
            return f"{booking.room} is closed"
        parts = [
            (UUID(one["person"]), one["name"], _span(*(datetime.fromisoformat(one[end]) for end in ("from", "to"))))
            for one in booking.cover
        ]
        if booking.staff is not None and not parts:
            parts = [(booking.staff.id, booking.staff.name, span)]
        for person_id, name, part in parts:
            person = self.people.get(person_id)
            if person is None:
                return f"{name} is not on the staff any more"
            if not inside(person.at_work(booking.remote), part):
                return f"{name} is not there"
        return ""


def _span(starts: datetime, ends: datetime) -> Span:
    return Span(int(starts.timestamp()) // 60, int(ends.timestamp()) // 60)
