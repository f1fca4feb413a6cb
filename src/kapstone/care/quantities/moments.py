"""Moments and elapsed time.

An Instant is an aware UTC datetime. Spans are exact timedeltas between Instants, so "48 hours" is 48 hours
also in the night the clocks change; zones belong where something is shown.
"""

from datetime import UTC, datetime, timedelta
from typing import NewType

Instant = NewType("Instant", datetime)


def instant(moment: datetime) -> Instant:
    """The same moment in UTC. Raises ValueError for a datetime without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; give an aware moment.")
    return Instant(moment.astimezone(UTC))


def hours(number: float) -> timedelta:
    """So many elapsed hours."""
    return timedelta(hours=number)


def minutes(number: float) -> timedelta:
    """So many elapsed minutes."""
    return timedelta(minutes=number)


def elapsed_min(start: Instant, end: Instant) -> float:
    """Minutes from start to end, negative when end comes first."""
    return (end - start).total_seconds() / 60
