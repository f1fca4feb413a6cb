"""Reads where a patient said they are, the room to meet in, and whether a remote visit may be joined now."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.models import Booking, BookingKind
from kapstone.clinic.ground.bookings.queries import booking_of
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere, Refused
from kapstone.clinic.ground.people.models import User
from kapstone.clinic.ground.people.queries import key_of, me
from kapstone.clinic.integration.models import VideoRoom, Whereabouts

BEFORE, AFTER = timedelta(minutes=30), timedelta(minutes=30)
"""The page to join opens so long before a visit and closes so long after its end."""


@dataclass(frozen=True, slots=True)
class Where:
    """What the patient said, opened."""

    record: Whereabouts
    place: str
    callback: str
    elsewhere: bool
    """Whether the state is another than the clinic's, for which the staff's licences may not count."""


def where(act: Act, booking: Booking) -> Where | None:
    """Where the patient said they are at this visit; None while nobody has asked."""
    found = Whereabouts.objects.filter(clinic=act.clinic, booking=booking).select_related("by").order_by("at", "id")
    newest = found.last()
    if newest is None:
        return None
    key = key_of(booking.patient)
    return Where(
        newest,
        key.open(newest.place_sealed, f"whereabouts/place/{newest.id}"),
        key.open(newest.callback_sealed, f"whereabouts/callback/{newest.id}"),
        bool(act.clinic.state) and newest.state != act.clinic.state,
    )


def room_of(act: Act, person: User | None) -> str:
    """The address at which somebody meets by video; empty where none is written down."""
    if person is None:
        return ""
    newest = VideoRoom.objects.filter(clinic=act.clinic, person=person).order_by("at", "id").last()
    return newest.address if newest else ""


def my_remote_visit(act: Act, booking_id: UUID) -> Booking:
    """The patient's own visit by video. NotThere for any other."""
    booking = booking_of(act, booking_id)
    if booking.patient_id != me(act).id or not booking.remote or booking.kind == BookingKind.DOSING:
        raise NotThere("No such visit.")
    return booking


def opens_at(booking: Booking) -> Instant:
    """When the page to join opens."""
    return Instant(booking.starts_at - BEFORE)


def joinable(booking: Booking, at: Instant) -> bool:
    """Whether the visit may be joined now."""
    return opens_at(booking) <= at <= booking.ends_at + AFTER


def check_asked(act: Act, booking: Booking) -> None:
    """Refused where a visit was by video and nobody wrote where the patient was."""
    if booking.remote and where(act, booking) is None:
        raise Refused("Write first where the patient was and a number to call back: asked at each visit by video.")
