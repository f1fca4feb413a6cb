"""Prices of the clinic and payments of patients, in whole cents. No card and no bank: money is taken elsewhere."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, User


class PriceList(models.Model):
    """What each kind of visit costs, and what a cancellation does, in the clinic's own words. The newest counts.

    `cents` maps a format's id, "integration" or "preparation" to cents of US dollars.
    """

    SEEN_WITH = "price.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cents = models.JSONField(default=dict)
    cancelling = models.TextField()


class Payment(models.Model):
    """Money that came from a patient or their payer, or went back where `cents` is below zero."""

    SEEN_WITH = "money.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="payments")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cents = models.IntegerField()
    how = models.CharField(max_length=12)
