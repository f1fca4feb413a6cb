"""A room of a clinic and what it is for."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic


class RoomKind(models.TextChoices):
    """What a room is for."""

    TREATMENT = "treatment", "Treatment"
    THERAPY = "therapy", "Therapy"


class Room(models.Model):
    """A room of a clinic, with so many chairs."""

    SEEN_WITH = "booking.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=RoomKind.choices)
    chairs = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return self.name
