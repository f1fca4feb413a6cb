"""Reads bookings, and finds a free time for a room and a person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.models import Booking, BookingKind, Room, RoomKind
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere
from kapstone.clinic.ground.people.models import Clinic, User
from kapstone.clinic.ground.people.who import visible

GRID = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Slot:
    """A free time with its room."""

    starts_at: Instant
    ends_at: Instant
    room: Room


def bookings(act: Act, patient_id: UUID | None = None) -> QuerySet[Booking]:
    """Bookings that stand, in time order."""
    found = visible(act, Booking).filter(cancelled_at=None).select_related("patient", "room", "staff", "pair")
    if patient_id:
        found = found.filter(patient_id=patient_id)
    return found.order_by("starts_at")


def booking_of(act: Act, booking_id: UUID) -> Booking:
    """One booking. NotThere when it is not this actor's to see."""
    found = bookings(act).filter(id=booking_id).first()
    if found is None:
        raise NotThere("No such booking.")
    return found


def on_day(act: Act, starts: Instant, ends: Instant, kind: BookingKind | None = None) -> QuerySet[Booking]:
    """Bookings that begin in a span."""
    found = bookings(act).filter(starts_at__gte=starts, starts_at__lt=ends)
    return found.filter(kind=kind) if kind else found


def rooms(clinic: Clinic, kind: RoomKind) -> list[Room]:
    """The clinic's rooms of a kind."""
    return list(Room.objects.filter(clinic=clinic, kind=kind).order_by("name"))


def first_free(
    clinic: Clinic,
    kind: RoomKind,
    person: User | None,
    span: tuple[Instant, Instant],
    minutes: int,
    taken: Iterable[Slot] = (),
) -> Slot | None:
    """The first start in the span, on the half hour and within opening hours, free in a room and for the person."""
    choices = rooms(clinic, kind)
    length = timedelta(minutes=minutes)
    busy = list(_busy(clinic, span, length))
    for start in _starts(clinic, span, length):
        end = Instant(start + length)
        clash = [one for one in busy if one.starts_at < end and one.ends_at > start]
        if person and any(one.staff_id == person.id for one in clash):
            continue
        full = {one.room_id for one in clash} | {
            one.room.id for one in taken if one.starts_at < end and one.ends_at > start
        }
        room = next((one for one in choices if one.id not in full), None)
        if room:
            return Slot(start, end, room)
    return None


def clashes(clinic: Clinic, starts: Instant, ends: Instant, room: Room | None, person: User | None) -> bool:
    """Whether the room or the person is already booked in this span."""
    same = Q(room=room) if room else Q(pk__in=[])
    if person:
        same |= Q(staff=person)
    standing = Booking.objects.filter(clinic=clinic, cancelled_at=None)
    return standing.filter(same, starts_at__lt=ends, ends_at__gt=starts).exists()


def _busy(clinic: Clinic, span: tuple[Instant, Instant], length: timedelta) -> QuerySet[Booking]:
    standing = Booking.objects.filter(clinic=clinic, cancelled_at=None)
    return standing.filter(starts_at__lt=span[1] + length, ends_at__gt=span[0])


def _starts(clinic: Clinic, span: tuple[Instant, Instant], length: timedelta) -> Iterator[Instant]:
    """Every half hour of the span at which a visit fits into opening hours; steps are elapsed time."""
    seconds = GRID.total_seconds()
    start = Instant(datetime.fromtimestamp(-(-span[0].timestamp() // seconds) * seconds, tz=span[0].tzinfo))
    while start <= span[1]:
        local, local_end = start.astimezone(clinic.zone), (start + length).astimezone(clinic.zone)
        same_day = local.date() == local_end.date()
        if local.weekday() < 5 and same_day and clinic.opens <= local.time() and local_end.time() <= clinic.closes:
            yield start
        start = Instant(start + GRID)
