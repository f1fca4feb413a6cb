"""A patient's photo, so that whoever charts three chairs knows whose record is open."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, User


class Photo(models.Model):
    """The newest counts; a removed one says that there is none any more. Small, and sealed with the key."""

    SEEN_WITH = "patient.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="photos")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    removed = models.BooleanField(default=False)
    body_sealed = models.BinaryField(default=b"")
