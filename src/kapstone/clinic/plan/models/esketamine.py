"""The REMS as records: the setting's certificate, each step of an enrolment, and kits that a pharmacy sent."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, User
from kapstone.clinic.plan.models.course import Dose


class SiteCertificate(models.Model):
    """The setting is certified in the REMS from a day, perhaps until another. The newest row counts."""

    SEEN_WITH = "rems.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)


class EnrolmentStep(models.Model):
    """One step of a patient's enrolment, on the day on which it was so. Where it stands follows from all of them."""

    SEEN_WITH = "rems.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="enrolment_steps")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=10)
    on = models.DateField()


class Kit(models.Model):
    """A kit that a pharmacy sends for one named patient. It goes to nobody else."""

    SEEN_WITH = "rems.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="kits")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    mg = models.DecimalField(max_digits=5, decimal_places=1)
    expected_on = models.DateField(null=True)


class KitStep(models.Model):
    """What became of a kit: it arrived, was used for a dose, was sent back, or is not coming."""

    SEEN_WITH = "rems.see"
    TO_PATIENT = "kit__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=10)
    on = models.DateField()
    dose = models.OneToOneField(Dose, on_delete=models.PROTECT, null=True, related_name="kit_step")

    class Meta:
        """A kit arrives once, and ends once."""

        constraints = [models.UniqueConstraint(fields=["kit", "step"], name="one_kit_step")]
