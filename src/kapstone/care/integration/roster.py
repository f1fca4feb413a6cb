"""Who is on call when: shifts on the clinic's wall clock, read as moments, also in the nights the clocks change.

Where the clock leaves an hour out or goes through it twice, a shift takes the longer reading. Two people for an hour
are better than nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant, hours, instant, minutes

from .lines import number

A_DAY = timedelta(days=1)
EVERY_DAY = frozenset(range(7))
WEEK = timedelta(days=6)
"""Somebody on without a gap for so long counts as on round the clock."""

LOOK_DAYS = 9
"""A weekly shift comes round within this many days, counted from the day before."""


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment up to another, which is not in it."""

    opens: Instant
    closes: Instant

    def holds(self, at: Instant) -> bool:
        """Whether the moment lies in it."""
        return self.opens <= at < self.closes


@dataclass(frozen=True, slots=True)
class Shift:
    """One line of the roster: on these weekdays (0 is Monday), from one wall-clock time to another, so long.

    `rank` is 1 for the first on call. A shift that ends at or before the time it starts ends on the next day. From
    `ended_at` on, the line counts no more.
    """

    person: UUID
    rank: int
    weekdays: frozenset[int]
    starts: time
    ends: time
    first_day: date
    last_day: date | None = None
    ended_at: Instant | None = None

    def days(self, around: date) -> Iterator[date]:
        """The days on which it begins, from the day before the given one on, as far as a week shows."""
        day = max(self.first_day, around - A_DAY)
        for step in range(LOOK_DAYS):
            begins = day + step * A_DAY
            if begins.weekday() in self.weekdays and (self.last_day is None or begins <= self.last_day):
                yield begins

    def walls(self, day: date) -> tuple[datetime, datetime]:
        """Start and end on the wall clock, without a zone."""
        last = day if self.ends > self.starts else day + A_DAY
        return datetime.combine(day, self.starts), datetime.combine(last, self.ends)

    def span(self, day: date, zone: ZoneInfo) -> Span | None:
        """The shift that begins on this day, as moments; None where the line had ended before it."""
        begins, over = self.walls(day)
        opens = min(instant(begins.replace(tzinfo=zone, fold=fold)) for fold in (0, 1))
        closes = max(instant(over.replace(tzinfo=zone, fold=fold)) for fold in (0, 1))
        if self.ended_at is not None:
            closes = min(closes, self.ended_at)
        return Span(opens, closes) if opens < closes else None

    def crosses(self, other: "Shift") -> bool:
        """Whether both are on at the same time of the wall clock on some day."""
        around = max(self.first_day, other.first_day)
        mine, theirs = ([one.walls(day) for day in one.days(around)] for one in (self, other))
        return any(a < d and c < b for a, b in mine for c, d in theirs)


@dataclass(frozen=True, slots=True)
class Promise:
    """What may honestly be said to somebody who writes now; the roster decides it, never opening hours alone.

    Read now: `until` is when that ends (None: round the clock), `call_by` a time by which a call may be
    promised, or None where none may. Not read now: `reads_from` is when somebody comes on. `person` is who that is.
    """

    person: UUID
    until: Instant | None = None
    call_by: Instant | None = None
    reads_from: Instant | None = None

    @property
    def reads_now(self) -> bool:
        """Whether somebody is on call at this moment."""
        return self.reads_from is None


@dataclass(frozen=True, slots=True)
class Roster:
    """All lines of one clinic in its zone."""

    shifts: tuple[Shift, ...]
    zone: ZoneInfo

    def spans(self, at: Instant) -> list[tuple[Span, Shift]]:
        """Every shift from the day before this moment to about a week on, and the next of lines that begin later."""
        today = at.astimezone(self.zone).date()
        found = ((one.span(day, self.zone), one) for one in self.shifts for day in one.days(today))
        return [(span, one) for span, one in found if span and span.closes > at]

    def on_call(self, at: Instant) -> tuple[UUID, ...]:
        """Who is on call at this moment, the first one first, nobody twice."""
        now = [(one.rank, span.opens, one.person) for span, one in self.spans(at) if span.holds(at)]
        return tuple(dict.fromkeys(person for _, _, person in sorted(now)))

    def next_from(self, at: Instant) -> Instant | None:
        """This moment if somebody is on call, or the next at which somebody is; None where nobody ever comes on."""
        return min((max(span.opens, at) for span, _ in self.spans(at)), default=None)

    def until(self, at: Instant) -> Instant | None:
        """When, without a gap from now on, the last watch ends. None where it goes on for a week."""
        spans, end = [span for span, _ in self.spans(at)], at
        while longer := max((span.closes for span in spans if span.opens <= end < span.closes), default=None):
            end = longer
        return end if end - at < WEEK else None

    def promise(self, policy: Policy, at: Instant) -> Promise | None:
        """What may be said at this moment; None where nobody is on the roster, now or later."""
        opens = self.next_from(at)
        if opens is None:
            return None
        person = self.on_call(opens)[0]
        if opens > at:
            return Promise(person, reads_from=opens)
        until = self.until(at)
        least = minutes(float(number(policy, "promise.least_min")))
        most = hours(float(number(policy, "promise.most_h")))
        return Promise(person, until, until if until and least <= until - at <= most else None)
