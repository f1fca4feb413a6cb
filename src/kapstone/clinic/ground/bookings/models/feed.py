"""The secret address of a person's calendar feed; only its hash is kept."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, User


class Feed(models.Model):
    """One address, until it is taken back."""

    SEEN_WITH = "account.keep"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
