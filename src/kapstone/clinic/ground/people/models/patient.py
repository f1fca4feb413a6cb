"""A patient of one clinic, with the key that seals what is theirs."""

from django.db import models

from kapstone.clinic.ground.people.models.clinic import Clinic
from kapstone.clinic.ground.people.models.user import User


class Patient(models.Model):
    """One patient. `wrapped_key` is their data key, wrapped by the clinic key that is not in this database."""

    SEEN_WITH = "patient.see"
    TO_PATIENT = ""

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    number = models.PositiveIntegerField()
    user = models.OneToOneField(User, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    birth_date = models.DateField()
    admitted_at = models.DateTimeField()
    wrapped_key = models.BinaryField()
    contact_sealed = models.BinaryField()

    class Meta:
        """A human record number, once in each clinic."""

        constraints = [models.UniqueConstraint(fields=["clinic", "number"], name="one_record_number")]

    def __str__(self) -> str:
        return self.name


class GivenTo(models.Model):
    """A patient given to a guest, such as an outside therapist, until it ends."""

    SEEN_WITH = "patient.give"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="given")
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
