"""A clinic: the wall between one group of patients and all others."""

from zoneinfo import ZoneInfo

from django.db import models


class Clinic(models.Model):
    """One clinic with its zone. Moments are stored in UTC and shown in this zone.

    `state` is the two letters of the state whose licences count here; blank where that is not written down.
    """

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=120)
    zone_name = models.CharField(max_length=60, default="America/New_York")
    phone = models.CharField(max_length=40)
    place = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=2, blank=True)
    opens = models.TimeField()
    closes = models.TimeField()
    demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The clinic's time zone."""
        return ZoneInfo(self.zone_name)
