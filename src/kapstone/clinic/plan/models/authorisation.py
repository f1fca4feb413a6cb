"""What a payer agreed to pay for one patient."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, User


class PayerAuthorisation(models.Model):
    """So many units of one drug between two days. The newest counts; a new one is a new row."""

    SEEN_WITH = "payer.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="authorisations")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drug = models.CharField(max_length=12)
    units = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField()
    number_sealed = models.BinaryField(default=b"")
