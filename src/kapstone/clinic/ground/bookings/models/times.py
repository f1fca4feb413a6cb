"""When a patient can come, where they are, and who fetches them."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, User


class PatientTimes(models.Model):
    """A patient's own times, as last told; the newest row counts.

    `weekly` and `companion_weekly` are lists of weekdays, from and to, in the patient's zone; empty is any time.
    """

    SEEN_WITH = "booking.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="times")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    zone_name = models.CharField(max_length=60)
    weekly = models.JSONField(default=list)
    companion_weekly = models.JSONField(default=list)
    needs = models.JSONField(default=list)
