"""When staff and rooms can be booked. Lines are added and ended, never changed: an old plan stays explained."""

from django.db import models

from kapstone.clinic.ground.bookings.models.room import Room
from kapstone.clinic.ground.people.models import Clinic, User


class HoursKind(models.TextChoices):
    """What the hours of a line are."""

    WORK = "work", "Works"
    BREAK = "break", "Break"
    CALLS = "calls", "Visits by video only"


class StaffHours(models.Model):
    """The same hours of one person every week on these weekdays (digits, 0 is Monday), on the clinic's wall clock."""

    SEEN_WITH = "hours.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=HoursKind.choices)
    weekdays = models.CharField(max_length=7)
    starts = models.TimeField()
    ends = models.TimeField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class Skill(models.Model):
    """What somebody can do that a patient may need, such as a language or a way of working."""

    SEEN_WITH = "hours.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class Closed(models.Model):
    """A person who is away, a room that is closed or, without either, the whole clinic, from a moment to another."""

    SEEN_WITH = "hours.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class HoursEnd(models.Model):
    """A line or a closing counts no more from this moment on."""

    SEEN_WITH = "hours.see"
    TO_PATIENT = None

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT)
    line = models.OneToOneField(StaffHours, on_delete=models.PROTECT, null=True, related_name="end")
    closed = models.OneToOneField(Closed, on_delete=models.PROTECT, null=True, related_name="end")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
