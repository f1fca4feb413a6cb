"""What a prescriber decided, and the second prescriber's word where a BLOCK is overridden."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, User


class Decision(models.Model):
    """A prescriber's decision, with the inputs, the rules' verdict and the policy frozen as they were.

    `overrides` names the rules whose BLOCK the prescriber sets aside; such a decision is in force only once it is
    countersigned. `review_on` is the day from which it no longer carries a dose.
    """

    SEEN_WITH = "evaluation.see"
    TO_PATIENT = "patient"

    OFFER = "offer"
    NOT_NOW = "not_now"
    DECLINE = "decline"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8)
    candidacy = models.CharField(max_length=8)
    formats = models.JSONField(default=list)
    overrides = models.JSONField(default=list)
    review_on = models.DateField()
    intake_sealed = models.BinaryField()
    verdict = models.JSONField()
    rules_digest = models.CharField(max_length=64)
    policy_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    reason_sealed = models.BinaryField()
    override_reason_sealed = models.BinaryField(default=b"")
    for_patient_sealed = models.BinaryField()


class Countersign(models.Model):
    """A second prescriber agrees to an override, or does not.

    In a clinic with one prescriber it is an outside consultant, named with the day of the advice; then `by` is the
    prescriber who wrote it down.
    """

    SEEN_WITH = "evaluation.read"
    TO_PATIENT = "decision__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="countersign")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    consultant_sealed = models.BinaryField(default=b"")
    consulted_on = models.DateField(null=True)
    digest = models.CharField(max_length=64)
    reason_sealed = models.BinaryField()
