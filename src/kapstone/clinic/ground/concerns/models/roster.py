"""The roster: lines that say who is on call when. A line is ended by a later row, never changed.

It stands beside the concerns and not with the people, because it answers one question only: who reads a concern.
Being on the roster opens no page that a person's roles do not open.
"""

from django.db import models

from kapstone.clinic.ground.people.models import Clinic, User


class RosterLine(models.Model):
    """One person on call on these weekdays (digits, 0 is Monday) and hours of the clinic's wall clock.

    `rank` is 1 for the first on call. A line that ends at or before its start ends on the next day; one with the same
    first and last day is a single shift.
    """

    SEEN_WITH = "roster.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    weekdays = models.CharField(max_length=7)
    starts = models.TimeField()
    ends = models.TimeField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class RosterEnd(models.Model):
    """The line counts no more from this moment on."""

    SEEN_WITH = "roster.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    line = models.OneToOneField(RosterLine, on_delete=models.PROTECT, related_name="end")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
