"""Who was told of a concern, at which step, and what became of the mail that told them."""

from django.db import models

from kapstone.clinic.ground.concerns.models.concern import Concern
from kapstone.clinic.ground.people.models import Clinic, User


class Notice(models.Model):
    """This person must know, from this step on. One row for each (concern, step, person), whoever writes it first."""

    SEEN_WITH = "concern.see"
    TO_PATIENT = "concern__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="notices")
    step = models.PositiveIntegerField()
    why = models.CharField(max_length=10)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """The same person is told once at each step, also when two loops run at once."""

        constraints = [models.UniqueConstraint(fields=["concern", "step", "person"], name="told_once_a_step")]


class Delivery(models.Model):
    """One line of a mail's way: a try begun, then sent or failed. `why` names the kind of failure, no address."""

    SEEN_WITH = "concern.see"
    TO_PATIENT = "notice__concern__patient"

    BEGUN = "begun"
    SENT = "sent"
    FAILED = "failed"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="deliveries")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=6)
    at = models.DateTimeField()
    why = models.CharField(max_length=60, default="")

    class Meta:
        """Whoever writes the beginning of a try sends it; nobody else does."""

        constraints = [models.UniqueConstraint(fields=["notice", "number", "kind"], name="one_try_once")]


class Beat(models.Model):
    """When the job that tells people last looked at a clinic. It alone is written over: it is no record of care."""

    clinic = models.OneToOneField(Clinic, on_delete=models.PROTECT, primary_key=True)
    at = models.DateTimeField()
