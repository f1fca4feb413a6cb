"""Medical clearance: what was asked for, each step on it, and the documents."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, User


class Document(models.Model):
    """A file that somebody uploaded. `body_sealed` is the whole file; `kind` was found in its bytes, not its name."""

    SEEN_WITH = "clearance.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="documents")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_patient = models.BooleanField()
    name_sealed = models.BinaryField()
    kind = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    body_sealed = models.BinaryField()


class TestAsked(models.Model):
    """A prescriber or nurse asked for a test, such as an ECG, for a reason and by a day."""

    SEEN_WITH = "clearance.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="tests_asked")
    test = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    why_sealed = models.BinaryField(default=b"")


class TestStep(models.Model):
    """A result came in, was read, or the test is no longer wanted. Steps are added; the newest of a kind counts."""

    SEEN_WITH = "clearance.see"
    TO_PATIENT = "asked__patient"

    RECEIVED = "received"
    READ = "read"
    CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    asked = models.ForeignKey(TestAsked, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_on = models.DateField(null=True)
    recheck_on = models.DateField(null=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    value_sealed = models.BinaryField(default=b"")
    words_sealed = models.BinaryField(default=b"")
