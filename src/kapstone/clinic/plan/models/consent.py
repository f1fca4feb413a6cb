"""A patient's consent, its steps, and the end of it; and what the clinic says of cost."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, User


class Consent(models.Model):
    """The patient agreed to the text of one medicine, with name and time.

    `body` is the whole text as it was shown; `tries` holds the answers to each question, in order.
    """

    SEEN_WITH = "consent.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="consents")
    at = models.DateTimeField()
    drug = models.CharField(max_length=12)
    text_version = models.CharField(max_length=20)
    text_digest = models.CharField(max_length=64)
    body = models.TextField()
    tries = models.JSONField(default=dict)
    signed_name = models.CharField(max_length=120)


class ConsentStep(models.Model):
    """A step on the way to a signature: a page read, a question answered, or a word that is not a yes."""

    SEEN_WITH = "consent.see"
    TO_PATIENT = "patient"

    PAGE = "page"
    ANSWER = "answer"
    TALK = "talk"
    NO = "no"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="consent_steps")
    at = models.DateTimeField()
    drug = models.CharField(max_length=12)
    text_digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=6)
    key = models.CharField(max_length=20, blank=True)
    answer = models.CharField(max_length=10, blank=True)
    right = models.BooleanField(null=True)


class ConsentWithdrawn(models.Model):
    """The patient took a consent back. It never needs a reason. `heard_by` is whom they told, None where they did it
    on their own page."""

    SEEN_WITH = "consent.see"
    TO_PATIENT = "consent__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="withdrawn")
    at = models.DateTimeField()
    heard_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")


class CostStatement(models.Model):
    """What the clinic tells patients about cost, word for word part of the text they sign. The newest counts."""

    SEEN_WITH = "cost.state"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
