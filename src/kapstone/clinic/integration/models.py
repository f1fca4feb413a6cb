"""Journal entries, what of them is shared, and integration visits."""

from django.db import models

from kapstone.clinic.ground.bookings.models import Booking
from kapstone.clinic.ground.people.models import Clinic, Patient, User


class JournalEntry(models.Model):
    """What the patient wrote, sealed. Nobody else opens it unless it is shared."""

    SEEN_WITH = "journal.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="journal")
    at = models.DateTimeField()
    mood = models.CharField(max_length=20, blank=True)
    words_sealed = models.BinaryField()


class JournalShare(models.Model):
    """The patient shared an entry with the therapist, or stopped sharing it. The newest counts."""

    SEEN_WITH = "journal.see"
    TO_PATIENT = "entry__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="shares")
    at = models.DateTimeField()
    shared = models.BooleanField()


class Visit(models.Model):
    """An integration visit that was kept or missed, with the therapist's progress note."""

    SEEN_WITH = "visit.see"
    TO_PATIENT = "patient"

    KEPT = "kept"
    MISSED = "missed"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="visits")
    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="visit")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=6)
    modality = models.CharField(max_length=30, blank=True)
    note_sealed = models.BinaryField(default=b"")
    act_sealed = models.BinaryField(default=b"")


class VideoRoom(models.Model):
    """The address at which somebody meets patients by video. The newest counts; blank ends it."""

    SEEN_WITH = "visit.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="video_rooms")
    at = models.DateTimeField()
    address = models.URLField(max_length=300, blank=True)


class Whereabouts(models.Model):
    """Where a patient is during one visit by video, and the number to call back. Asked each time; the newest counts.

    If the picture fails or help must be sent, this is what a person needs. `state` is the two letters of the state.
    """

    SEEN_WITH = "visit.see"
    TO_PATIENT = "booking__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="whereabouts")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=2)
    place_sealed = models.BinaryField()
    callback_sealed = models.BinaryField()
