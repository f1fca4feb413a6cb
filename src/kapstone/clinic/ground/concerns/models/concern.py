"""Risk items and the steps that people took on them. Both are added to and never changed."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, User


class Tier(models.TextChoices):
    """How soon a person must act."""

    NOW = "now", "Now"
    TODAY = "today", "Today"
    SOON = "soon", "Soon"


class Concern(models.Model):
    """One thing that a person must look at. `reason` is one of our sentences, never a patient's own words."""

    SEEN_WITH = "concern.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="concerns")
    raised_at = models.DateTimeField()
    tier = models.CharField(max_length=5, choices=Tier.choices)
    source = models.CharField(max_length=40)
    reason = models.TextField()


class ConcernStep(models.Model):
    """Somebody took it, handed it to somebody else, did not reach the patient, or settled it with words.

    `to` is who has it after a hand-over; `how` is "phone" or "person" where the patient was reached.
    """

    SEEN_WITH = "concern.see"
    TO_PATIENT = "concern__patient"

    TAKEN = "taken"
    HANDED = "handed"
    UNREACHED = "unreached"
    SETTLED = "settled"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    how = models.CharField(max_length=6, default="")
    words_sealed = models.BinaryField(default=b"")

    class Meta:
        """A concern is settled once."""

        constraints = [
            models.UniqueConstraint(
                fields=["concern", "kind"], condition=models.Q(kind="settled"), name="settled_once"
            )
        ]
