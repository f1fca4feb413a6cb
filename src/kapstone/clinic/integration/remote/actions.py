"""Writes where a patient is during a remote visit, and the room in which somebody meets."""

from urllib.parse import urlsplit
from uuid import UUID

from kapstone.clinic.ground.bookings.models import Booking
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.queries import key_of
from kapstone.clinic.integration.models import VideoRoom, Whereabouts
from kapstone.clinic.integration.queries import visit_of
from kapstone.clinic.integration.remote.queries import joinable, my_remote_visit, opens_at


@action("visit.join")
def tell_where(act: Act, booking_id: UUID, place: str, state: str, callback: str) -> Whereabouts:
    """The patient says where they are and which number to call back, before the visit by video begins."""
    booking = my_remote_visit(act, booking_id)
    if not joinable(booking, act.at):
        raise Refused("Where you are is asked at the visit itself, from half an hour before it.")
    return _write(act, booking, place, state, callback)


@action("visit.write")
def write_where(act: Act, booking_id: UUID, place: str, state: str, callback: str) -> Whereabouts:
    """The therapist asked, and writes what the patient said."""
    booking = visit_of(act, booking_id, "visit.write").booking
    if not booking.remote:
        raise Refused("This visit is in the clinic; there is nothing to ask.")
    if act.at < opens_at(booking):
        raise Refused("Where the patient is is asked at the visit itself, not before.")
    return _write(act, booking, place, state, callback)


def _write(act: Act, booking: Booking, place: str, state: str, callback: str) -> Whereabouts:
    letters = state.strip().upper()
    if len(place.strip()) < 5:
        raise Refused("Where: write the street and the town, so that help finds you.", "place")
    if len(letters) != 2 or not (letters.isascii() and letters.isalpha()):
        raise Refused("State: two letters, such as CT.", "state")
    if sum(one.isdigit() for one in callback) < 10:
        raise Refused("Number: write the whole telephone number with its area code.", "callback")
    made_id, key = uuid7(act.at), key_of(booking.patient)
    made = Whereabouts.objects.create(
        id=made_id,
        clinic=act.clinic,
        booking=booking,
        at=act.at,
        by=act.person,
        state=letters,
        place_sealed=key.seal(place.strip(), f"whereabouts/place/{made_id}"),
        callback_sealed=key.seal(callback.strip(), f"whereabouts/callback/{made_id}"),
    )
    sign("whereabouts", booking.patient_id, booking=booking.id)
    return made


def _is_a_room(address: str) -> None:
    """Refuses what is no address of a room, or would send a patient somewhere else than it looks."""
    try:
        parts = urlsplit(address)
        host, named = parts.hostname or "", parts.username is not None or parts.password is not None
    except ValueError:
        host, named, parts = "", False, urlsplit("")
    if parts.scheme.lower() != "https":
        raise Refused("Address: it begins with https://, so that nobody listens in between.", "address")
    if "." not in host or named or any(one.isspace() or one in "\"'<>\\" for one in address):
        raise Refused(
            "Address: write it as it stands in your browser, such as https://video.example/room; no spaces, and no "
            "name before the host.",
            "address",
        )


@action("video.keep")
def keep_video_room(act: Act, address: str) -> VideoRoom:
    """Somebody writes the address at which they meet patients by video; a blank one ends it."""
    told = address.strip()
    if told:
        _is_a_room(told)
    made = VideoRoom.objects.create(id=uuid7(act.at), clinic=act.clinic, person=act.person, at=act.at, address=told)
    sign("video room", room=made.id)
    return made
