"""The next step that a prescriber chose with the patient."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, User
from kapstone.clinic.plan.models import Course


class NextStep(models.Model):
    """One chosen option with its reason, and the options that were on the page."""

    SEEN_WITH = "nextstep.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="next_steps")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    option = models.CharField(max_length=30)
    options = models.JSONField()
    reason_sealed = models.BinaryField()
