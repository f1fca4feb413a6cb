"""A time in a room with people, tied to the dose that it follows."""

from django.db import models

from kapstone.clinic.ground.bookings.models.room import Room
from kapstone.clinic.ground.people.models import Clinic, Patient, User


class BookingKind(models.TextChoices):
    """What a booking is for."""

    DOSING = "dosing", "Dosing"
    INTEGRATION = "integration", "Integration visit"
    PREPARATION = "preparation", "Preparation"


class Booking(models.Model):
    """A time in a room, or without one a visit by video. `pair` ties an integration visit to the dose it follows.

    `staff` is the therapist of a visit, or the one who sits beside a dose; `cover` says which nurse and prescriber
    are there when, as the calendar planned it. `dose_ends_at` is what the visit's window counts from. A move changes
    the times here and adds a `Moved` row with what they were.
    """

    SEEN_WITH = "booking.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="bookings")
    kind = models.CharField(max_length=12, choices=BookingKind.choices)
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True)
    staff = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    pair = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="pairs")
    format = models.CharField(max_length=20, blank=True, default="")
    dose_ends_at = models.DateTimeField(null=True)
    cover = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        """Looked up by time."""

        indexes = [models.Index(fields=["clinic", "starts_at"])]

    @property
    def remote(self) -> bool:
        """A visit by video."""
        return self.room_id is None and self.kind != BookingKind.DOSING

    @property
    def with_whom(self) -> list[str]:
        """Everybody who is there, once each, in the order of the day."""
        return list(dict.fromkeys(each["name"] for each in self.cover))


class Moved(models.Model):
    """A booking was moved: when it was before, who moved it, and why in a few words that name no illness."""

    SEEN_WITH = "booking.see"
    TO_PATIENT = "booking__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="moves")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_before = models.DateTimeField()
    room_before = models.CharField(max_length=60, blank=True)
    staff_before = models.CharField(max_length=120, blank=True)
    starts_at = models.DateTimeField()
    reason = models.CharField(max_length=120, blank=True)
