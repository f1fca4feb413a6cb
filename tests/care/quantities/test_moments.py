"""Moments are UTC and spans are elapsed time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapstone.care.quantities import Instant, elapsed_min, hours, instant, minutes

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.mitigates("M-066")
def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        instant(datetime(2026, 3, 8, 1, 30))


NIGHTS = [
    # from, to (wall clock in New York), hours in between
    ("2026-03-07T20:00", "2026-03-08T08:00", 11),
    ("2026-10-31T20:00", "2026-11-01T08:00", 13),
    ("2026-06-06T20:00", "2026-06-07T08:00", 12),
]


@pytest.mark.mitigates("M-065")
@pytest.mark.parametrize(("evening", "morning", "between"), NIGHTS)
def test_the_nights_the_clocks_change(evening: str, morning: str, between: int) -> None:
    start, end = (instant(datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)) for text in (evening, morning))
    assert end - start == hours(between)
    assert elapsed_min(start, end) == between * 60
    assert elapsed_min(end, start) == -between * 60


@settings(deadline=None)
@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.timezones()), st.integers(0, 10_000))
def test_every_zone_gives_the_same_elapsed_minutes(moment: datetime, number: int) -> None:
    start = instant(moment)
    assert (start.tzinfo, start.timestamp()) == (UTC, moment.timestamp())
    assert elapsed_min(start, Instant(start + minutes(number))) == number
    assert minutes(60) == hours(1) == timedelta(hours=1)
