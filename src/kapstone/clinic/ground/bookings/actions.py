"""Books, moves and cancels. A booking is part of the action that asks for it; what was just taken is refused.

The clinic's row is locked first, so that of many who ask for the last times one gets them. Then the times are looked
at once more, by the same solver that found them.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.alone.queries import Alone, times_for
from kapstone.clinic.ground.bookings.calendar.queries import (
    Asked,
    Option,
    Times,
    Wish,
    ask,
    cover_of,
    option,
    times_from,
)
from kapstone.clinic.ground.bookings.models import Booking, BookingKind, Moved, Room, RoomKind
from kapstone.clinic.ground.bookings.solving.problem import Booking as Placed
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Clinic, Patient

if TYPE_CHECKING:
    from kapstone.clinic.ground.bookings.solving.assigned import Named

TAKEN = "The times have changed since you looked; look at the dates again."


def open_room(clinic: Clinic, at: Instant, name: str, kind: str, chairs: int = 1) -> Room:
    """Makes a room. Done by the owner of the machine with the clinic. ValueError for a kind that does not exist."""
    return Room.objects.create(id=uuid7(at), clinic=clinic, name=name, kind=RoomKind(kind), chairs=chairs)


def lock_calendar(act: Act) -> None:
    """From here to the end of the action nobody else books in this clinic."""
    Clinic.objects.select_for_update().get(id=act.clinic.id)


def book_course_within(act: Act, policy: Policy, wish: Wish) -> dict[int, Booking]:
    """Books a whole course, all or nothing; gives each dose's booking by its number.

    With `wish.only` it books exactly those times or refuses, because somebody signed for them.
    """
    from kapstone.clinic.ground.bookings.solving.solver import solve
    from kapstone.clinic.ground.bookings.solving.why import explain

    lock_calendar(act)
    asked = ask(act.clinic, policy, [wish], act.at)
    plan = solve(asked.problem(), 8.0)
    if not plan.found:
        if wish.only is not None:
            raise Refused(TAKEN)
        raise Refused(" ".join(explain(asked.document, plan)), "first_day")
    _rename(asked, plan.named)
    return _book(act, wish.patient, option(asked, plan.bookings), plan.bookings, policy)


def _rename(asked: Asked, named: "Named") -> None:
    """Who watches the others on those days: nurses and prescribers are shared anew, who sits with a patient stays."""
    for place, cover in named.items():
        booking = asked.taken[place]
        sits = [each for each in booking.cover if each["role"] == "therapist"]
        booking.cover = [*sits, *cover_of(asked, cover)]
        booking.save(update_fields=["cover"])


def _book(act: Act, patient: Patient, found: Option, placed: Iterable[Placed], policy: Policy) -> dict[int, Booking]:
    formats = {(one.kind, one.number): one.format for one in placed}
    doses = {one.number: _row(act, patient, one, formats[one.kind, one.number], policy) for one in found.doses}
    for number, visit in found.visits.items():
        _row(act, patient, visit, formats[visit.kind, number], policy, doses[number])
    for one in found.preparations:
        _row(act, patient, one, formats[one.kind, one.number], policy)
    return doses


def _row(
    act: Act, patient: Patient, times: Times, format_id: str, policy: Policy, pair: Booking | None = None
) -> Booking:
    booking = Booking.objects.create(
        id=uuid7(act.at),
        clinic=act.clinic,
        patient=patient,
        kind=times.kind,
        number=times.number,
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        room=times.room,
        staff=times.therapist,
        pair=pair,
        format=format_id,
        dose_ends_at=times.dose_ends_at(policy, format_id),
        cover=times.cover,
        made_at=act.at,
        made_by=act.person,
    )
    sign("booked", patient.id, booking=booking.id, kind=times.kind, number=times.number)
    return booking


def cancel_within(act: Act, booking_id: UUID) -> None:
    """Cancels a booking that has not begun, as part of another action."""
    Booking.objects.filter(id=booking_id, clinic=act.clinic, cancelled_at=None).update(cancelled_at=act.at)
    sign("booking cancelled", booking=booking_id)


def move_within(act: Act, policy: Policy, wishes: Sequence[Wish], reason: str) -> list[Moved]:
    """Moves what has to move so that these courses can go on, dose and visit together, all or nothing.

    Each wish names in `base` the bookings that may move. Refused, with what would help, where no plan is found.
    """
    from kapstone.clinic.ground.bookings.solving.solver import solve
    from kapstone.clinic.ground.bookings.solving.why import explain

    # Patients before the calendar, as everywhere: two acts at once then wait for each other in one order.
    list(Patient.objects.select_for_update().filter(id__in=[one.patient.id for one in wishes]).order_by("id"))
    lock_calendar(act)
    base = [one for wish in wishes for one in wish.base]
    if Booking.objects.filter(id__in=[one.id for one in base], cancelled_at=None).count() != len(base):
        raise Refused("A booking was moved or cancelled meanwhile; open the page again.")
    asked = ask(act.clinic, policy, wishes, act.at)
    plan = solve(asked.problem(), 8.0)
    if not plan.found:
        shown = any(wish.only is not None for wish in wishes)
        raise Refused(TAKEN if shown else " ".join(explain(asked.document, plan)))
    _rename(asked, plan.named)
    stood = {(one.patient_id, one.kind, one.number): one for one in base}
    moved = []
    for placed in plan.bookings:
        patient, times = asked.patients[placed.patient], times_from(asked, placed)
        booking = stood.get((patient.id, placed.kind, placed.number))
        if booking is None:
            # A dose that stood alone gets its visit.
            _row(act, patient, times, placed.format, policy, stood[patient.id, BookingKind.DOSING, placed.number])
        elif (row := _move(act, booking, times, policy, reason)) is not None:
            moved.append(row)
    return moved


def place_alone_within(
    act: Act, policy: Policy, wanted: Alone, start: Instant, reason: str, pair: Booking | None = None
) -> Booking:
    """Books one visit by itself, or moves the one that stands, to a time that a page showed."""
    lock_calendar(act)
    if wanted.instead is not None:
        standing = Booking.objects.filter(id=wanted.instead.id, cancelled_at=None, starts_at=wanted.instead.starts_at)
        if not standing.exists():
            raise Refused("The visit was moved or cancelled meanwhile; open the page again.")
    times = next((one for one in times_for(act.clinic, policy, wanted, act.at) if one.starts_at == start), None)
    if times is None:
        raise Refused(TAKEN)
    if wanted.instead is None:
        return _row(act, wanted.patient, times, wanted.format_id, policy, pair)
    _move(act, wanted.instead, times, policy, reason)
    return wanted.instead


def dose_ended_within(act: Act, booking_id: UUID) -> None:
    """The dose of a booking ended now: the window of its visit counts from here, as part of another action."""
    Booking.objects.filter(id=booking_id, clinic=act.clinic).update(dose_ends_at=act.at)


def _move(act: Act, booking: Booking, times: Times, policy: Policy, reason: str) -> Moved | None:
    """Puts a booking where it is to be; a row where its time or its therapist changed."""
    changed = booking.starts_at != times.starts_at or booking.staff != times.therapist
    row = None
    if changed:
        row = Moved.objects.create(
            id=uuid7(act.at),
            clinic=act.clinic,
            booking=booking,
            at=act.at,
            by=act.person,
            starts_before=booking.starts_at,
            room_before=booking.room.name if booking.room else "",
            staff_before=booking.staff.name if booking.staff else "",
            starts_at=times.starts_at,
            reason=reason,
        )
        sign("booking moved", booking.patient_id, booking=booking.id)
    booking.starts_at, booking.ends_at = times.starts_at, times.ends_at
    booking.room, booking.staff, booking.cover = times.room, times.therapist, times.cover
    booking.dose_ends_at = times.dose_ends_at(policy, booking.format)
    booking.save(update_fields=["starts_at", "ends_at", "room", "staff", "cover", "dose_ends_at"])
    return row
