"""One person's bookings as an iCalendar file: when and where, and no word that tells what a visit is for.

A calendar is read by phones, mail programs and whoever looks over a shoulder; so a patient's says “Appointment” and a
colleague's says the room and the kind of work, and neither names a patient.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from icalendar import Calendar, Event

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.models import Booking, BookingKind, Feed
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import roles_of
from kapstone.clinic.ground.people.secret import hashed

if TYPE_CHECKING:
    from kapstone.clinic.ground.people.models import Clinic, User

BACK, AHEAD = timedelta(days=30), timedelta(days=180)
STAFF_WORDS = {
    BookingKind.DOSING: "Treatment room",
    BookingKind.INTEGRATION: "Visit",
    BookingKind.PREPARATION: "Visit",
}


def feed_of(secret: str, at: Instant) -> Feed | None:
    """The feed that a secret opens; None for any other, and for somebody who left the clinic."""
    feeds = Feed.objects.select_related("clinic", "person").filter(hash=hashed(secret), ended_at=None)
    found = feeds.filter(person__is_active=True).first()
    return found if found is not None and roles_of(found.person, found.clinic, at) else None


def has_feed(clinic: "Clinic", person: "User") -> bool:
    """Whether somebody has an address that works."""
    return Feed.objects.filter(clinic=clinic, person=person, ended_at=None).exists()


def calendar(feed: Feed, at: Instant) -> bytes:
    """The file. A cancelled booking is in it as cancelled, so that a phone takes it away."""
    clinic, patient = feed.clinic, Patient.objects.filter(clinic=feed.clinic, user=feed.person).first()
    found = Calendar()
    found.add("prodid", "-//Kapstone//Calendar//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", clinic.name)
    for booking in _bookings(feed, patient, at):
        found.add_component(_event(booking, clinic, patient is not None, at))
    written: bytes = found.to_ical()
    return written


def _bookings(feed: Feed, patient: Patient | None, at: Instant) -> QuerySet[Booking]:
    near = Booking.objects.filter(clinic=feed.clinic, starts_at__gt=at - BACK, starts_at__lt=at + AHEAD)
    near = near.select_related("room").annotate(times_moved=Count("moves")).order_by("starts_at")
    if patient is not None:
        return near.filter(patient=patient)
    # Who is there when stands in a list that SQLite cannot search; a person's name is looked for in its text.
    mine = [one.id for one in near if any(each["person"] == str(feed.person_id) for each in one.cover)]
    return near.filter(Q(staff=feed.person) | Q(id__in=mine))


def _event(booking: Booking, clinic: "Clinic", own: bool, at: Instant) -> Event:
    event = Event()
    where = booking.room.name if booking.room else "by video"
    words = "Appointment" if own else f"{STAFF_WORDS[BookingKind(booking.kind)]}, {where}"
    event.add("uid", f"{booking.id}@kapstone")
    event.add("dtstamp", at)
    event.add("dtstart", booking.starts_at)
    event.add("dtend", booking.ends_at)
    event.add("summary", words)
    event.add("location", "by video" if booking.remote else clinic.place)
    event.add("sequence", getattr(booking, "times_moved", 0) + (booking.cancelled_at is not None))
    event.add("status", "CANCELLED" if booking.cancelled_at else "CONFIRMED")
    return event
