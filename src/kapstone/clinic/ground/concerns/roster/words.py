"""Puts a moment of the roster into plain words: “5 pm today”, “8 am tomorrow”, “8 am on Tuesday”."""

from zoneinfo import ZoneInfo

from kapstone.care.quantities import Instant


def said(moment: Instant, now: Instant, zone: ZoneInfo) -> str:
    """A moment to come, as one would say it now on the clinic's clock."""
    local = moment.astimezone(zone)
    hour = f"{local:%I}".lstrip("0")
    clock = f"{hour}:{local:%M} {local:%p}" if local.minute else f"{hour} {local:%p}"
    return f"{clock.lower()} {_day(moment, now, zone)}"


def _day(moment: Instant, now: Instant, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    days = (local.date() - now.astimezone(zone).date()).days
    if days in (0, 1):
        return "today" if days == 0 else "tomorrow"
    return f"on {local:%A}" if 1 < days < 7 else f"on {local:%A, %B} {local.day}"
