"""Questionnaires: each answer as it was given, and the completed instrument."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, User


class Mode(models.TextChoices):
    """How the answers came: typed by the patient, read aloud and typed by staff, copied from paper, or rated."""

    SELF = "self", "Answered by the patient"
    ALOUD = "aloud", "Read aloud to the patient"
    PAPER = "paper", "Copied from paper"
    RATED = "rated", "Rated by a clinician"


class Measure(models.Model):
    """One completed instrument: raw answers, score and version, as they were that day."""

    SEEN_WITH = "measure.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="measures")
    instrument = models.CharField(max_length=60)
    version = models.CharField(max_length=80)
    answered_at = models.DateTimeField()
    answers = models.JSONField()
    total = models.IntegerField(null=True)
    band = models.CharField(max_length=40, blank=True)
    prorated = models.BooleanField()
    occasion = models.CharField(max_length=12)
    mode = models.CharField(max_length=5, choices=Mode.choices, default=Mode.SELF)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Read in time order."""

        indexes = [models.Index(fields=["patient", "instrument", "answered_at"])]


class ItemAnswer(models.Model):
    """One answer on the way through a questionnaire. The newest row of a sitting counts for its item.

    `points` is null where the question was passed by. A safety item is saved as soon as it is chosen.
    """

    SEEN_WITH = "measure.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="item_answers")
    sitting = models.UUIDField()
    instrument = models.CharField(max_length=60)
    link_id = models.CharField(max_length=60)
    points = models.SmallIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        """Read by sitting, in time order."""

        indexes = [models.Index(fields=["patient", "instrument", "sitting", "at"])]
