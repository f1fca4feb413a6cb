"""The clinic's policy: versions that are added, each signed by a medical director or not yet."""

from django.db import models

from kapstone.clinic.ground.people.models.clinic import Clinic
from kapstone.clinic.ground.people.models.user import User


class PolicyVersion(models.Model):
    """One whole policy as canonical text. Never changed; a new version is a new row."""

    SEEN_WITH = "policy.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.TextField()
    digest = models.CharField(max_length=64)
    note = models.TextField(blank=True)

    class Meta:
        """Numbers count up in each clinic."""

        constraints = [models.UniqueConstraint(fields=["clinic", "number"], name="one_policy_number")]


class PolicySignature(models.Model):
    """A medical director's signature under one version's digest."""

    SEEN_WITH = "policy.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    version = models.OneToOneField(PolicyVersion, on_delete=models.PROTECT, related_name="signature")
    digest = models.CharField(max_length=64)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
