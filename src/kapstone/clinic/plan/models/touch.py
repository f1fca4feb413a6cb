"""Which touch a patient agreed to. The newest counts; nothing is changed."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, User


class TouchAgreed(models.Model):
    """A patient said which touch is all right; `by` is the patient, or who wrote down what they said."""

    SEEN_WITH = "touch.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="touch_agreed")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    touch = models.CharField(max_length=10)
