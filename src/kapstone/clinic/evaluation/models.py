"""What was answered, and what a prescriber decided on it. Rows are added; the newest counts."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, User


class Measure(models.Model):
    """One completed instrument: raw answers, score and version, as they were that day."""

    SEEN_WITH = "measure.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="measures")
    instrument = models.CharField(max_length=20)
    version = models.CharField(max_length=40)
    answered_at = models.DateTimeField()
    answers = models.JSONField()
    total = models.PositiveSmallIntegerField(null=True)
    band = models.CharField(max_length=40, blank=True)
    prorated = models.BooleanField()
    occasion = models.CharField(max_length=12)

    class Meta:
        """Read in time order."""

        indexes = [models.Index(fields=["patient", "instrument", "answered_at"])]


class Answers(models.Model):
    """Medical history as one person gave it: the patient at intake, or a clinician who asked. Sealed as one."""

    SEEN_WITH = "intake.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="history_answers")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_patient = models.BooleanField()
    body_sealed = models.BinaryField()


class IntakeSent(models.Model):
    """The patient sent the intake to the care team."""

    SEEN_WITH = "intake.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.OneToOneField(Patient, on_delete=models.PROTECT, related_name="intake_sent")
    at = models.DateTimeField()


class Decision(models.Model):
    """A prescriber's decision, with the inputs, the rules' verdict and the policy frozen as they were."""

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
    intake_sealed = models.BinaryField()
    verdict = models.JSONField()
    policy_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    reason_sealed = models.BinaryField()
    for_patient_sealed = models.BinaryField()
