"""Orders for a dose day, and a dose that is held."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, User
from kapstone.clinic.plan.models.course import Dose


class Order(models.Model):
    """A prescriber's order for one dose day: the dose itself, more of it later, or a medicine to give if needed."""

    SEEN_WITH = "order.see"
    TO_PATIENT = "dose__course__patient"

    DOSE = "dose"
    PRN = "prn"
    AGAIN = "again"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    dose = models.ForeignKey(Dose, on_delete=models.PROTECT, related_name="orders")
    kind = models.CharField(max_length=5)
    drug = models.CharField(max_length=60)
    amount = models.DecimalField(max_digits=8, decimal_places=3)
    unit = models.CharField(max_length=10)
    route = models.CharField(max_length=14, blank=True)
    trigger = models.CharField(max_length=120, blank=True)
    most_times = models.PositiveSmallIntegerField(default=1)
    strength = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    bag_ml = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    over_min = models.PositiveSmallIntegerField(null=True)
    expires_at = models.DateTimeField()
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    limits = models.JSONField(default=list)
    reason_sealed = models.BinaryField(default=b"")


class DoseHeld(models.Model):
    """A prescriber holds a dose: it is not given today, with a reason. An order that is signed later lifts it."""

    SEEN_WITH = "order.see"
    TO_PATIENT = "dose__course__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    dose = models.ForeignKey(Dose, on_delete=models.PROTECT, related_name="holds")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason_sealed = models.BinaryField()
