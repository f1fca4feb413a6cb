"""Rooms, and times in them with people."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, User


class RoomKind(models.TextChoices):
    """What a room is for."""

    TREATMENT = "treatment", "Treatment"
    THERAPY = "therapy", "Therapy"


class Room(models.Model):
    """A room of a clinic."""

    SEEN_WITH = "booking.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=RoomKind.choices)

    def __str__(self) -> str:
        return self.name


class BookingKind(models.TextChoices):
    """What a booking is for."""

    DOSING = "dosing", "Dosing"
    INTEGRATION = "integration", "Integration visit"


class Booking(models.Model):
    """A time in a room. `pair` ties an integration visit to the dose it follows."""

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
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        """Looked up by time."""

        indexes = [models.Index(fields=["clinic", "starts_at"])]
