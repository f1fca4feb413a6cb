"""Reads bookings: of a person, of a day, and those that stand alone."""

from uuid import UUID

from django.db.models import QuerySet

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.models import Booking, BookingKind, Room, RoomKind
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere
from kapstone.clinic.ground.people.models import Clinic
from kapstone.clinic.ground.people.who import visible


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
