"""A course in time: on which days doses may fall, and the 24 to 48 hours after each in which therapy begins.

The window is elapsed time from the dose's end, so it has exactly 24 hours also in the nights the clocks change.
Days of doses are local dates, which is the one rule here that is about the calendar.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant, hours


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


def dosing_dates(first: date, count: int, policy: Policy, holidays: frozenset[date] = frozenset()) -> list[date]:
    """Local dates for `count` doses: the policy's gaps in turn, moved on past weekends and closed days.

    A dose never falls on the day before a weekend, so that its integration visit has a working day.
    """
    found: list[date] = []
    day = first
    gaps = _gaps(policy)
    while len(found) < count:
        while not _open(day, holidays):
            day += timedelta(days=1)
        found.append(day)
        day += timedelta(days=next(gaps))
    return found


def _gaps(policy: Policy) -> Iterator[int]:
    days = [int(name) for name in policy.names("plan.course.days_between")]
    while True:
        yield from days


def _open(day: date, holidays: frozenset[date]) -> bool:
    following = day + timedelta(days=1)
    return all(one.weekday() < 5 and one not in holidays for one in (day, following))
