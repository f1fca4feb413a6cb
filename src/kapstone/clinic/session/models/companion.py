"""Who takes a patient home: a name and the hash of a secret address, until it is taken back."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient


class Companion(models.Model):
    """One address for one companion. They have no account; the page behind it is neutral."""

    SEEN_WITH = "companion.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="companions")
    name = models.CharField(max_length=80)
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
