"""What devices send, before it is anybody's reading: raw input, what was offered, and where it stands."""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, User
from kapstone.clinic.session.models.treatment import TreatmentSession


class Gateway(models.Model):
    """A program or monitor that may send values. Only the hash of its key is kept."""

    SEEN_WITH = "device.keep"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    name = models.CharField(max_length=60)
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)


class RawInput(models.Model):
    """One message as it came, stored before it is read. `refused` says why it was not taken; kept for some days."""

    SEEN_WITH = "device.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    gateway = models.ForeignKey(Gateway, on_delete=models.PROTECT, related_name="inputs")
    received_at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=5)
    body = models.BinaryField()
    refused = models.CharField(max_length=200, blank=True)


class Offer(models.Model):
    """One set of values of one device. It is no reading until a person or a due set takes it.

    `at` is when it was received, `measured_at` the device's own time, None where it gave none that can be placed.
    `steady` has, of each signal that never stays the same in a living person, its value, since when and how often the
    device has told just that.

    Whoever may see a session may see what stands on the monitor beside it; the tray asks for `device.see`.
    """

    SEEN_WITH = "session.see"
    TO_PATIENT = "session__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    raw = models.ForeignKey(RawInput, on_delete=models.CASCADE, related_name="offers")
    device = models.CharField(max_length=64)
    at = models.DateTimeField()
    measured_at = models.DateTimeField(null=True)
    steady = models.JSONField(default=dict)
    values = models.JSONField()
    session = models.ForeignKey(TreatmentSession, on_delete=models.PROTECT, null=True, related_name="offers")
    refused = models.CharField(max_length=200, blank=True)
    taken = models.UUIDField(null=True)

    class Meta:
        """Asked for by device and by session, newest first."""

        indexes = [
            models.Index(fields=["clinic", "device", "-at"], name="offer_by_device"),
            models.Index(fields=["session", "-at"], name="offer_by_session"),
        ]


class DeviceMatch(models.Model):
    """A device stands at a chair: chosen by its label, then confirmed by looking at its screen."""

    SEEN_WITH = "session.see"
    TO_PATIENT = "session__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    device = models.CharField(max_length=64)
    session = models.ForeignKey(TreatmentSession, on_delete=models.PROTECT, related_name="device_matches")
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    slots = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
