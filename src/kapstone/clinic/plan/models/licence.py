"""Licences of the staff: who may give what rests on them."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, User


class HeldLicence(models.Model):
    """A licence that somebody holds in a state until a day. A colleague looked it up and wrote it down."""

    SEEN_WITH = "licence.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="licences")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    licence = models.CharField(max_length=6)
    state = models.CharField(max_length=2)
    number = models.CharField(max_length=40)
    until = models.DateField()


class LicenceEnded(models.Model):
    """A licence counts no more before its day: it was given up, suspended, or written down wrongly."""

    SEEN_WITH = "licence.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    licence = models.OneToOneField(HeldLicence, on_delete=models.PROTECT, related_name="ended")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
