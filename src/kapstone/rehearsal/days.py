"""How the virtual clinic passes time: an agenda of processes, and moments of the clinic's local day."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from random import Random
from zoneinfo import ZoneInfo

from kapstone.care.evidence import Policy
from kapstone.care.plan import FORMATS, dosing_dates, gaps_of
from kapstone.care.quantities import Instant, instant, minutes

Process = Iterator[Instant]
"""Something that goes on in time: it does what is due, then yields the moment at which it wants to go on."""


@dataclass(slots=True)
class Agenda:
    """Runs processes in the order of their moments, whoever they are about; equal moments in order of arrival."""

    _waiting: list[tuple[Instant, int, Process]] = field(default_factory=list)
    _count: int = 0

    def start(self, process: Process) -> None:
        """Adds a process. What it does before its first moment, it does now."""
        self._wait(process)

    def run(self, until: Instant) -> None:
        """Goes on to this moment. What would come later stays undone."""
        while self._waiting and self._waiting[0][0] <= until:
            self._wait(heappop(self._waiting)[2])

    def _wait(self, process: Process) -> None:
        at = next(process, None)
        if at is not None:
            self._count += 1
            heappush(self._waiting, (at, self._count, process))


@dataclass(frozen=True, slots=True)
class Days:
    """The clinic's local days."""

    zone: ZoneInfo

    def at(self, day: date, hour: int, minute: int = 0) -> Instant:
        """A local time as a moment."""
        return instant(datetime.combine(day, time(hour, minute), tzinfo=self.zone))

    def date_of(self, at: Instant) -> date:
        """The local date of a moment."""
        return at.astimezone(self.zone).date()

    def working(self, at: Instant, after_days: int, rng: Random) -> Instant:
        """Some minute of office hours, at least so many days later and never on a weekend."""
        day = self.date_of(at) + timedelta(days=after_days)
        while day.weekday() > 4:
            day += timedelta(days=1)
        return self.at(day, rng.randint(9, 16), rng.randrange(60))

    def evening(self, at: Instant, after_days: int, rng: Random) -> Instant:
        """Some minute of an evening, so many days later."""
        return self.at(self.date_of(at) + timedelta(days=after_days), rng.randint(18, 21), rng.randrange(60))


def dosing_day(day: date, policy: Policy) -> date:
    """This day or the next on which doses may be given."""
    return dosing_dates(day, 1, gaps_of(FORMATS["iv"], policy))[0]


def dosing_day_before(day: date, policy: Policy) -> date:
    """The latest day before this one on which doses may be given."""
    day -= timedelta(days=1)
    while dosing_day(day, policy) != day:
        day -= timedelta(days=1)
    return day


def first_day_for(target: date, doses: int, policy: Policy) -> date:
    """The latest first day of a course that has its third or a later dose, but not its last, on the target day."""
    for back in range(1, 40):
        first = target - timedelta(days=back)
        dates = dosing_dates(first, doses, gaps_of(FORMATS["iv"], policy))
        if dates[0] == first and target in dates[2:-1]:
            return first
    raise ValueError(f"No course of {doses} doses has one on {target}.")


def half_hour(at: Instant, earliest: time, latest: time, zone: ZoneInfo) -> time:
    """The half hour that this moment is in, kept within two local times."""
    local = (at - minutes(at.minute % 30)).astimezone(zone).time().replace(second=0, microsecond=0)
    return min(max(local, earliest), latest)
