"""Medical history, as one person gave it."""

from django.db import models

from kapstone.clinic.evaluation.models.measure import Mode
from kapstone.clinic.ground.people.models import Clinic, Patient, User


class Answers(models.Model):
    """Some answers of the history: the patient's at intake, or a clinician's who asked. Sealed as one.

    A row may hold one answer or many; field by field the newest row counts. `by_patient` are the patient's own
    answers, also where staff wrote them down; `mode` tells how they came and `by` who typed.
    """

    SEEN_WITH = "intake.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="history_answers")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_patient = models.BooleanField()
    mode = models.CharField(max_length=5, choices=Mode.choices, default=Mode.SELF)
    body_sealed = models.BinaryField()


class IntakeSent(models.Model):
    """The patient sent the intake to the care team."""

    SEEN_WITH = "intake.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.OneToOneField(Patient, on_delete=models.PROTECT, related_name="intake_sent")
    at = models.DateTimeField()
