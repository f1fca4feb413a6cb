"""Enquiries from the public site, and how each was answered."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, User


class Enquiry(models.Model):
    """Somebody asked. What they wrote is sealed with a key of its own."""

    SEEN_WITH = "enquiry.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    asked_at = models.DateTimeField()
    wrapped_key = models.BinaryField()
    words_sealed = models.BinaryField()


class EnquiryAnswer(models.Model):
    """The enquiry was answered: the person was invited, or was told no with a reason."""

    SEEN_WITH = "enquiry.see"
    TO_PATIENT = None

    INVITED = "invited"
    CLOSED = "closed"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, related_name="answer")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10)
    patient = models.OneToOneField(Patient, on_delete=models.PROTECT, null=True, related_name="enquiry_answer")
