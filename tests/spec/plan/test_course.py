"""A course in time: its days, and the 24 to 48 hours after each dose, also when the clocks change."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kapstone.care.evidence import default_policy
from kapstone.care.plan import (
    FORMATS,
    TherapyForm,
    dosing_dates,
    gaps_of,
    in_window,
    integration_window,
    visit_expected,
)
from kapstone.care.plan.therapy import BOOKED_HERE, WORDS
from kapstone.care.quantities import Instant, elapsed_min, instant

POLICY = default_policy()
IN_TURN = gaps_of(FORMATS["iv"], POLICY)
NEW_YORK = ZoneInfo("America/New_York")
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
SHUT = st.frozensets(st.dates(date(2026, 1, 1), date(2031, 3, 1)), max_size=60)


def local(text: str) -> Instant:
    """A wall-clock time in New York as a moment."""
    return instant(datetime.fromisoformat(text).replace(tzinfo=NEW_YORK))


WINDOWS = [
    # dose ends (New York), opens, closes
    ("2026-03-03T15:00", "2026-03-04T15:00", "2026-03-05T15:00"),  # an ordinary week
    ("2026-03-06T15:00", "2026-03-07T15:00", "2026-03-08T16:00"),  # the clocks go forward on 8 March
    ("2026-03-07T15:00", "2026-03-08T16:00", "2026-03-09T16:00"),
    ("2026-03-07T01:30", "2026-03-08T01:30", "2026-03-09T02:30"),
    ("2026-10-30T15:00", "2026-10-31T15:00", "2026-11-01T14:00"),  # the clocks go back on 1 November
    ("2026-10-31T15:00", "2026-11-01T14:00", "2026-11-02T14:00"),
    ("2026-10-31T02:30", "2026-11-01T01:30", "2026-11-02T01:30"),
]


@pytest.mark.mitigates("M-065")
@pytest.mark.parametrize(("ends", "opens", "closes"), WINDOWS)
def test_the_window_is_elapsed_hours(ends: str, opens: str, closes: str) -> None:
    window = integration_window(local(ends), POLICY)
    opens_at = datetime.fromisoformat(opens).replace(tzinfo=NEW_YORK, fold=int("11-01T01:30" in opens))
    assert (window.opens, window.closes) == (instant(opens_at), local(closes))


AROUND_CHANGES = st.one_of(
    *(
        st.datetimes(datetime(2026, month, day), datetime(2026, month, day) + timedelta(days=5))
        for month, day in ((3, 5), (10, 29))
    )
)


@pytest.mark.mitigates("M-065")
@settings(deadline=None)
@given(AROUND_CHANGES, st.sampled_from([0, 1]))
def test_it_opens_after_exactly_24_and_closes_after_exactly_48_hours(wall: datetime, fold: int) -> None:
    end = instant(wall.replace(tzinfo=NEW_YORK, fold=fold))
    window = integration_window(end, POLICY)
    assert (elapsed_min(end, window.opens), elapsed_min(end, window.closes)) == (24 * 60, 48 * 60)
    second = timedelta(seconds=1)
    found = [in_window(Instant(moment), end, POLICY) for moment in
             (window.opens - second, window.opens, window.closes, window.closes + second)]  # fmt: skip
    assert found == [False, True, True, False]


def test_the_window_follows_the_policy() -> None:
    end = Instant(datetime(2026, 3, 3, tzinfo=UTC))
    policy = POLICY.changed({"plan.course.integration_to_h": Decimal(72)})
    assert integration_window(end, policy).closes - end == timedelta(hours=72)


COURSES = [
    # what, first day, days closed, dates
    ("a Monday", "2026-03-02", [], "03-02 03-04 03-09 03-11 03-16 03-18"),
    ("a Tuesday", "2026-03-03", [], "03-03 03-05 03-10 03-12 03-17 03-19"),
    ("a Friday moves to Monday", "2026-03-06", [], "03-09 03-11 03-16 03-18 03-23 03-25"),
    ("a holiday moves its dose", "2026-03-02", ["2026-03-04"],
     "03-02 03-05 03-10 03-12 03-17 03-19"),
    ("a closed Friday moves its Thursday", "2026-03-03", ["2026-03-06"], "03-03 03-09 03-16 03-18 03-23 03-25"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "shut", "dates"), [row[1:] for row in COURSES], ids=[row[0] for row in COURSES])
def test_course_dates(first: str, shut: list[str], dates: str) -> None:
    found = dosing_dates(date.fromisoformat(first), 6, IN_TURN, frozenset(map(date.fromisoformat, shut)))
    assert " ".join(day.strftime("%m-%d") for day in found) == dates


@settings(deadline=None)
@given(DAYS, st.integers(0, 12), SHUT)
@example(date(2026, 12, 24), 6, frozenset({date(2026, 12, 25), date(2027, 1, 1)}))
def test_a_dose_always_has_an_open_day_and_an_open_day_after(first: date, count: int, shut: frozenset[date]) -> None:
    found = dosing_dates(first, count, IN_TURN, shut)
    assert len(found) == count
    for day in found:
        following = day + timedelta(days=1)
        assert day.weekday() < 4
        assert not {day, following} & shut
        assert day >= first


@settings(deadline=None)
@given(DAYS, SHUT)
def test_doses_keep_their_distance_and_are_never_more_than_the_policy_a_week(
    first: date, shut: frozenset[date]
) -> None:
    found = dosing_dates(first, 12, IN_TURN, shut)
    gap = timedelta(hours=float(POLICY.number("plan.course.min_gap_hours")))
    assert all(later - earlier >= gap for earlier, later in pairwise(found))
    for day in found:
        week = [other for other in found if timedelta() <= other - day < timedelta(days=7)]
        assert len(week) <= POLICY.number("plan.course.max_per_week")


VISITS = [
    # form, doses after which this clinic books a visit (of six)
    ("each_dose", {1, 2, 3, 4, 5, 6}),
    ("phase_based", {1, 2, 4, 6}),
    ("telehealth", {1, 2, 3, 4, 5, 6}),
    ("outside_therapist", set()),
    ("urgent_start", set()),
    ("declined", set()),
]


@pytest.mark.parametrize(("form", "doses"), VISITS)
def test_visits_of_each_therapy_form(form: str, doses: set[int]) -> None:
    assert {number for number in range(1, 7) if visit_expected(TherapyForm(form), number)} == doses


def test_every_therapy_form_has_a_row_and_words() -> None:
    assert [TherapyForm(form) for form, _ in VISITS if form] and {form for form, _ in VISITS} == set(TherapyForm)
    assert all(form.words for form in TherapyForm)
    assert set(WORDS) == set(TherapyForm)
    assert set(TherapyForm) > BOOKED_HERE


FORMAT_FACTS = [
    # format, clock zero, observation counts from, way home
    ("iv", "the pump starts", "dose end", "a responsible adult"),
    ("im", "the injection", "last given", "a responsible adult"),
    ("sc", "the injection", "last given", "a responsible adult"),
    ("sl", "the lozenge goes in", "last given", "a responsible adult"),
    ("po", "swallowed", "last given", "a responsible adult"),
    ("in-racemic", "the first spray", "last given", "a responsible adult"),
    ("in-esketamine", "the first device", "last given", "arranged transport"),
]


@pytest.mark.parametrize(("format_id", "zero", "counts_from", "way_home"), FORMAT_FACTS)
def test_facts_of_each_format(format_id: str, zero: str, counts_from: str, way_home: str) -> None:
    format_ = FORMATS[format_id]
    assert (format_.clock_zero, format_.release_clock, format_.way_home) == (zero, counts_from, way_home)
    assert format_.racemic is (format_id != "in-esketamine")


def test_formats_stand_in_the_order_of_the_list() -> None:
    assert list(FORMATS) == [row[0] for row in FORMAT_FACTS]
