"""Books and cancels. A booking is part of the action that asks for it; a clash is refused with a sentence."""

from uuid import UUID

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.models import Booking, BookingKind, Room, RoomKind
from kapstone.clinic.ground.bookings.queries import Slot, clashes
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Clinic, Patient, User


def open_room(clinic: Clinic, at: Instant, name: str, kind: str) -> Room:
    """Makes a room. Done by the owner of the machine with the clinic. ValueError for a kind that does not exist."""
    return Room.objects.create(id=uuid7(at), clinic=clinic, name=name, kind=RoomKind(kind))


def book_within(
    act: Act,
    patient: Patient,
    kind: BookingKind,
    number: int,
    slot: Slot,
    person: User | None,
    pair: Booking | None = None,
) -> Booking:
    """Books a slot as part of another action. The clinic's row is locked, so the last slot goes to one patient."""
    Clinic.objects.select_for_update().get(id=act.clinic.id)
    if clashes(act.clinic, slot.starts_at, slot.ends_at, slot.room, person):
        local = slot.starts_at.astimezone(act.clinic.zone)
        raise Refused(
            f"{local:%a %d %b, %H:%M} in {slot.room.name} was just taken; choose another time.", "first_day"
        )
    booking = Booking.objects.create(
        id=uuid7(act.at),
        clinic=act.clinic,
        patient=patient,
        kind=kind,
        number=number,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        room=slot.room,
        staff=person,
        pair=pair,
        made_at=act.at,
        made_by=act.person,
    )
    sign("booked", patient.id, booking=booking.id, kind=kind.value, number=number)
    return booking


def cancel_within(act: Act, booking_id: UUID) -> None:
    """Cancels a booking that has not begun, as part of another action."""
    Booking.objects.filter(id=booking_id, clinic=act.clinic, cancelled_at=None).update(cancelled_at=act.at)
    sign("booking cancelled", booking=booking_id)
