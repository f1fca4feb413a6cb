"""Treatment sessions and their records. An event's stored bytes are the record; the other columns help to find it."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, Patient, PolicyVersion
from kapstone.clinic.plan.models import Dose


class TreatmentSession(models.Model):
    """One treatment session of a planned dose. The policy in force is pinned when the patient arrives.

    A session that was called off ends; when the patient comes again for the same dose, a new one is opened.
    """

    SEEN_WITH = "session.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="treatment_sessions")
    dose = models.ForeignKey(Dose, on_delete=models.PROTECT, related_name="treatment_sessions")
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT)
    opened_at = models.DateTimeField()


class SessionEvent(models.Model):
    """One line of a session record, chained to the line before."""

    SEEN_WITH = "session.see"
    TO_PATIENT = "session__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    session = models.ForeignKey(TreatmentSession, on_delete=models.PROTECT, related_name="events")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    device = models.CharField(max_length=40)
    epoch = models.CharField(max_length=40)
    seq = models.PositiveIntegerField()
    at_device = models.DateTimeField()
    at_received = models.DateTimeField()
    stored = models.BinaryField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """A place once, and a device's line once; asked for by when it was received."""

        indexes = [models.Index(fields=["at_received"], name="event_by_receipt")]
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="one_event_a_position"),
            models.UniqueConstraint(fields=["session", "device", "epoch", "seq"], name="one_event_a_seq"),
        ]
