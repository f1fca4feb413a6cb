"""Who is on call when, and what may honestly be said: weekdays, midnights, and the nights the clocks change."""

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapstone.care.evidence import default_policy
from kapstone.care.integration import Promise, Roster, Shift
from kapstone.care.quantities import Instant, instant

POLICY = default_policy()
NEW_YORK = ZoneInfo("America/New_York")
IRIS, LENA, TOM = (UUID(int=number) for number in (1, 2, 3))
WORKDAYS, EVERY_DAY = frozenset(range(5)), frozenset(range(7))
LONG_AGO = date(2026, 1, 1)


def local(text: str, fold: int = 0) -> Instant:
    """A wall-clock time in New York as a moment."""
    return instant(datetime.fromisoformat(text).replace(tzinfo=NEW_YORK, fold=fold))


def shift(person: UUID, hours: str, days: frozenset[int] = EVERY_DAY, rank: int = 1, **more: object) -> Shift:
    """A shift from text such as 08:00-17:00."""
    starts, ends = (time.fromisoformat(one) for one in hours.split("-"))
    return Shift(person, rank, days, starts, ends, **{"first_day": LONG_AGO, **more})  # type: ignore[arg-type]


def roster(*shifts: Shift) -> Roster:
    return Roster(shifts, NEW_YORK)


WEEK = roster(
    shift(IRIS, "08:00-17:00", WORKDAYS),
    shift(LENA, "08:00-17:00", WORKDAYS, rank=2),
    shift(TOM, "20:00-02:00", frozenset({4})),
)

ON_CALL = [
    # moment (2 November 2026 is a Monday), who, the next moment at which somebody is
    ("2026-11-02T07:59", (), "2026-11-02T08:00"),
    ("2026-11-02T08:00", (IRIS, LENA), "2026-11-02T08:00"),
    ("2026-11-02T16:59", (IRIS, LENA), "2026-11-02T16:59"),
    ("2026-11-02T17:00", (), "2026-11-03T08:00"),
    ("2026-11-06T19:59", (), "2026-11-06T20:00"),
    ("2026-11-06T23:59", (TOM,), "2026-11-06T23:59"),
    ("2026-11-07T01:59", (TOM,), "2026-11-07T01:59"),  # Friday's shift, over midnight
    ("2026-11-07T02:00", (), "2026-11-09T08:00"),
]


@pytest.mark.parametrize(("at", "who", "opens"), ON_CALL)
def test_who_is_on_call(at: str, who: tuple[UUID, ...], opens: str) -> None:
    assert WEEK.on_call(local(at)) == who
    assert WEEK.next_from(local(at)) == local(opens)


def test_a_dated_shift_and_a_line_that_has_ended() -> None:
    one_night = shift(IRIS, "22:00-06:00", first_day=date(2026, 11, 4), last_day=date(2026, 11, 4))
    ended = shift(LENA, "00:00-00:00", ended_at=local("2026-11-04T23:00"))
    both = roster(one_night, ended)
    assert both.on_call(local("2026-11-04T22:30")) == (LENA, IRIS)
    assert both.on_call(local("2026-11-04T23:00")) == (IRIS,)
    assert both.next_from(local("2026-11-05T06:00")) is None


def test_a_line_that_begins_in_some_weeks_is_found() -> None:
    later = roster(shift(IRIS, "08:00-17:00", frozenset({2}), first_day=date(2026, 12, 24)))
    assert later.next_from(local("2026-11-02T10:00")) == local("2026-12-30T08:00")


def test_on_call_twice_is_one_person() -> None:
    assert roster(shift(IRIS, "08:00-17:00"), shift(IRIS, "16:00-20:00", rank=2)).on_call(
        local("2026-11-02T16:30")
    ) == (IRIS,)


CHANGES = [
    # night shift, evening it begins, hours it lasts
    ("22:00-06:00", "2026-10-31", 9),  # the clocks go back on 1 November
    ("22:00-06:00", "2026-03-07", 7),  # and forward on 8 March
    ("22:00-01:30", "2026-10-31", 4.5),  # up to the second 1:30
    ("22:00-02:30", "2026-03-07", 4.5),  # 2:30 is left out: the later reading
    ("08:00-17:00", "2026-11-01", 9),
]


@pytest.mark.parametrize(("hours", "evening", "lasts"), CHANGES)
def test_a_shift_in_the_nights_the_clocks_change(hours: str, evening: str, lasts: float) -> None:
    day = date.fromisoformat(evening)
    span = shift(IRIS, hours).span(day, NEW_YORK)
    assert span is not None
    assert span.closes - span.opens == timedelta(hours=lasts)


@settings(deadline=None)
@given(
    st.times().map(lambda one: one.replace(microsecond=0)),
    st.sampled_from(["2026-03-07", "2026-10-31", "2026-06-01"]),
    st.integers(0, 48 * 60),
)
def test_two_shifts_that_meet_leave_no_gap(hand_over: time, evening: str, minute: int) -> None:
    pair = roster(
        Shift(IRIS, 1, EVERY_DAY, time(0), hand_over, LONG_AGO),
        Shift(LENA, 1, EVERY_DAY, hand_over, time(0), LONG_AGO),
    )
    at = Instant(local(f"{evening}T12:00") + timedelta(minutes=minute))
    assert pair.on_call(at)
    assert pair.until(at) is None


PROMISES = [
    ("2026-11-02T10:00", Promise(IRIS, local("2026-11-02T17:00"), local("2026-11-02T17:00"))),
    ("2026-11-02T16:30", Promise(IRIS, local("2026-11-02T17:00"), None)),  # too late to promise a call today
    ("2026-11-02T17:00", Promise(IRIS, reads_from=local("2026-11-03T08:00"))),
    ("2026-11-06T18:00", Promise(TOM, reads_from=local("2026-11-06T20:00"))),
    ("2026-11-07T02:00", Promise(IRIS, reads_from=local("2026-11-09T08:00"))),
]


@pytest.mark.mitigates("M-095")
@pytest.mark.parametrize(("at", "said"), PROMISES)
def test_what_may_be_said(at: str, said: Promise) -> None:
    assert WEEK.promise(POLICY, local(at)) == said


@pytest.mark.mitigates("M-095")
def test_with_nobody_on_the_roster_nothing_is_promised() -> None:
    assert roster().promise(POLICY, local("2026-11-02T10:00")) is None
    over = roster(shift(IRIS, "08:00-17:00", last_day=date(2026, 11, 1)))
    assert over.promise(POLICY, local("2026-11-02T10:00")) is None


def test_round_the_clock_has_no_end_and_promises_no_hour() -> None:
    said = roster(shift(IRIS, "09:00-09:00")).promise(POLICY, local("2026-11-02T10:00"))
    assert said == Promise(IRIS)
    assert said is not None
    assert said.reads_now


CROSSING = [
    ("08:00-17:00", WORKDAYS, "16:00-20:00", WORKDAYS, True),
    ("08:00-17:00", WORKDAYS, "17:00-20:00", WORKDAYS, False),
    ("08:00-17:00", WORKDAYS, "08:00-17:00", frozenset({5, 6}), False),
    ("22:00-06:00", frozenset({6}), "05:00-09:00", frozenset({0}), True),  # Sunday's night into Monday
    ("22:00-06:00", frozenset({6}), "06:00-09:00", frozenset({0}), False),
    ("08:00-08:00", frozenset({2}), "07:00-09:00", frozenset({3}), True),
]


@pytest.mark.parametrize(("mine", "my_days", "theirs", "their_days", "crosses"), CROSSING)
def test_lines_that_cross(
    mine: str, my_days: frozenset[int], theirs: str, their_days: frozenset[int], crosses: bool
) -> None:
    one, other = shift(IRIS, mine, my_days), shift(LENA, theirs, their_days)
    assert one.crosses(other) is other.crosses(one) is crosses


def test_lines_whose_dates_are_apart_do_not_cross() -> None:
    one = shift(IRIS, "08:00-17:00", last_day=date(2026, 11, 8))
    other = shift(LENA, "08:00-17:00", first_day=date(2026, 11, 9))
    assert not one.crosses(other)
    assert one.crosses(shift(LENA, "08:00-17:00", first_day=date(2026, 11, 8)))
