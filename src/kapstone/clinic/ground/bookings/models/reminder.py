"""Mails that remind a patient of what is booked: one line claims it, another says what became of it."""

from django.db import models

from kapstone.clinic.ground.bookings.models.booking import Booking
from kapstone.clinic.ground.people.models import Clinic, Patient


class Reminder(models.Model):
    """One mail to one patient, for everything that is booked soon. Whoever writes it sends it.

    `attempt` counts the mails to a patient on one local day: another one after a failure, or to correct the first.
    """

    SEEN_WITH = "booking.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="reminders")
    at = models.DateTimeField()
    day = models.DateField()
    attempt = models.PositiveSmallIntegerField(default=1)

    class Meta:
        """One mail for each attempt, whoever else looks."""

        constraints = [models.UniqueConstraint(fields=["patient", "day", "attempt"], name="one_reminder_an_attempt")]


class Reminded(models.Model):
    """A booking of which a mail told, as it stood then. A booking that moved since is told of again."""

    SEEN_WITH = "booking.see"
    TO_PATIENT = "reminder__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    reminder = models.ForeignKey(Reminder, on_delete=models.PROTECT, related_name="told")
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="reminded")
    starts_at = models.DateTimeField()


class ReminderSent(models.Model):
    """What became of a mail: `failure` names its kind, blank where it went out."""

    SEEN_WITH = "booking.see"
    TO_PATIENT = "reminder__patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    reminder = models.OneToOneField(Reminder, on_delete=models.PROTECT, related_name="sent")
    at = models.DateTimeField()
    failure = models.CharField(max_length=60, default="")


class MailChoice(models.Model):
    """Whether a patient wants mails that remind them. The newest counts; without one they get them."""

    SEEN_WITH = "booking.see"
    TO_PATIENT = "patient"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="mail_choices")
    at = models.DateTimeField()
    wanted = models.BooleanField()
