"""The wait list: a dose whose patient would come earlier."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, User
from kapstone.clinic.plan.models.course import Dose


class Waiting(models.Model):
    """A dose waits for an earlier time, since a moment."""

    SEEN_WITH = "course.see"
    TO_PATIENT = "dose__course__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    dose = models.ForeignKey(Dose, on_delete=models.PROTECT, related_name="waits")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class WaitingEnded(models.Model):
    """It waits no more: it was moved, or nobody wants it any longer."""

    SEEN_WITH = "course.see"
    TO_PATIENT = "waiting__dose__course__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    waiting = models.OneToOneField(Waiting, on_delete=models.PROTECT, related_name="ended")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
