"""Medical clearance: what was asked for, each step on it, and the documents."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, User


class Document(models.Model):
    """A file that somebody uploaded. `kind` was found in its bytes, not its name; `sha256` is of the file itself.

    `body_sealed` is the whole file, sealed with the patient's key: it lives in the database, so that it is backed up,
    kept and shredded with the record. A file is small (`UPLOAD_MOST_BYTES`); no path is ever made of its name.
    """

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
    """One step of a test's life; `kind` is a word of `care.evaluation.clearance.Did`. Steps are added, never changed.

    `about` is the result that a reading or a correction is about. `value_sealed` holds what was copied from the
    result, or what its reader answered; `verdict` is what the reader said of it.
    """

    SEEN_WITH = "clearance.see"
    TO_PATIENT = "asked__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    asked = models.ForeignKey(TestAsked, on_delete=models.PROTECT, related_name="steps")
    about = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later")
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_on = models.DateField(null=True)
    verdict = models.CharField(max_length=8, default="", blank=True)
    recheck_on = models.DateField(null=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    value_sealed = models.BinaryField(default=b"")
    words_sealed = models.BinaryField(default=b"")
