"""The drug register: each container by its label, and each line about it, chained in every clinic."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, User
from kapstone.clinic.session.models.treatment import TreatmentSession


class DrugContainer(models.Model):
    """One vial, pack or kit, as its label reads. `number` is what people call it by and write on it."""

    SEEN_WITH = "register.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    number = models.PositiveIntegerField()
    drug = models.CharField(max_length=60)
    shape = models.CharField(max_length=10)
    strength = models.DecimalField(max_digits=9, decimal_places=3)
    size = models.DecimalField(max_digits=9, decimal_places=3)
    ndc = models.CharField(max_length=20)
    lot = models.CharField(max_length=40)
    expiry = models.DateField()
    schedule = models.CharField(max_length=4)
    multi_dose = models.BooleanField(default=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """Numbers count up in each clinic."""

        constraints = [models.UniqueConstraint(fields=["clinic", "number"], name="one_container_number")]


class RegisterLine(models.Model):
    """One line of the register. The stored bytes are the line; the other columns help to find it."""

    SEEN_WITH = "register.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    position = models.PositiveIntegerField()
    container = models.ForeignKey(DrugContainer, on_delete=models.PROTECT, related_name="lines")
    session = models.ForeignKey(TreatmentSession, on_delete=models.PROTECT, null=True, related_name="register_lines")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    witness = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    stored = models.BinaryField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """A place once."""

        constraints = [models.UniqueConstraint(fields=["clinic", "position"], name="one_register_position")]
