"""A course in time: on which days doses may fall, and the 24 to 48 hours after each in which therapy begins.

The window is elapsed time from the dose's end, so it has exactly 24 hours also in the nights the clocks change.
Days of doses are local dates, which is the one rule here that is about the calendar.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kapstone.care.evidence import Policy
from kapstone.care.plan.esketamine.weeks import label_gaps, label_spans
from kapstone.care.plan.formats import Format
from kapstone.care.quantities import Instant, hours

Gaps = Callable[[], Iterator[int]]
"""The days between one dose and the next, in turn and without end."""


@dataclass(frozen=True, slots=True)
class Window:
    """A closed span of time."""

    opens: Instant
    closes: Instant

    def holds(self, moment: Instant) -> bool:
        """True from the first moment to the last, both included."""
        return self.opens <= moment <= self.closes


def integration_window(dose_end: Instant, policy: Policy) -> Window:
    """When the visit after this dose must begin."""
    opens = float(policy.number("plan.course.integration_from_h"))
    closes = float(policy.number("plan.course.integration_to_h"))
    return Window(Instant(dose_end + hours(opens)), Instant(dose_end + hours(closes)))


def in_window(visit_start: Instant, dose_end: Instant, policy: Policy) -> bool:
    """Whether a visit that begins then keeps the promise."""
    return integration_window(dose_end, policy).holds(visit_start)


def dosing_dates(first: date, count: int, gaps: Gaps, closed: frozenset[date] = frozenset()) -> list[date]:
    """Local dates for `count` doses: the gaps in turn, moved on past weekends and closed days.

    A dose never falls on the day before a weekend, so that its integration visit has a working day.
    """
    found: list[date] = []
    day, between = first, gaps()
    while len(found) < count:
        while not _open(day, closed):
            day += timedelta(days=1)
        found.append(day)
        day += timedelta(days=next(between))
    return found


def gaps_of(format_: Format, policy: Policy) -> Gaps:
    """The pattern of a format: the label's weeks where it has them, the policy's days in turn for the others."""
    days = _pattern(format_, policy)
    if format_.pattern_claim:
        return lambda: label_gaps(days)
    return lambda: _in_turn(days)


def gap_days(format_: Format, policy: Policy) -> tuple[int, int]:
    """The fewest and the most days from one dose to the next: the pattern of a format, and room for closed days."""
    days = _pattern(format_, policy)
    return min(days), max(days) + int(policy.number("plan.course.closed_days_slack"))


def gaps_each(
    format_: Format, policy: Policy, doses: int, had: int = 0, moving: bool = False
) -> tuple[tuple[int, int], ...]:
    """The fewest and the most days from each dose of a course to the next, by the label's weeks where a format has
    them; empty where the pattern of `gap_days` holds for all. `had` counts the doses before this course, `moving` is
    for a course that stands already."""
    if not format_.pattern_claim:
        return ()
    slack = int(policy.number("plan.course.closed_days_slack"))
    return label_spans(_pattern(format_, policy), slack, had, doses, moving)


def _pattern(format_: Format, policy: Policy) -> list[int]:
    key = f"plan.{format_.id}.days_between"
    return [int(name) for name in policy.names(key if key in policy.lines else "plan.course.default_gap_days")]


def _in_turn(days: list[int]) -> Iterator[int]:
    while True:
        yield from days


def _open(day: date, closed: frozenset[date]) -> bool:
    following = day + timedelta(days=1)
    return all(one.weekday() < 5 and one not in closed for one in (day, following))
