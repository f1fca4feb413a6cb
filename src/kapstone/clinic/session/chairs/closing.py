"""The end of the clinic's day: until when a dose may begin, and who would still be here when the clinic closes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant, elapsed_min
from kapstone.care.quantities.moments import instant
from kapstone.care.session.release import likely_earliest, would_leave
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.queries import policy_in_force
from kapstone.clinic.session.chairs.queries import Seat
from kapstone.clinic.session.queries import Seen

LAST_START = "plan.day.last_start"


@dataclass(frozen=True, slots=True)
class Day:
    """Today at this clinic: until when a dose may begin, and when the clinic closes."""

    last_start: Instant
    closes: Instant


@dataclass(frozen=True, slots=True)
class Overrun:
    """Somebody who cannot leave before the clinic closes. `late_min` is how long after it."""

    name: str
    until: Instant
    late_min: int


def today(act: Act, policy: Policy | None = None) -> Day:
    """The local day of this moment, by the clinic's hours and the policy."""
    lines = policy or policy_in_force(act.clinic)[0]
    last = time.fromisoformat(str(lines[LAST_START].value))
    return Day(_at(act, last, act.at), _at(act, act.clinic.closes, act.at))


def overruns(act: Act, found: Iterable[Seat]) -> Iterator[Overrun]:
    """Whoever sits here and cannot leave before closing time, by what is known of their dose now."""
    for now in (seat.now for seat in found if seat.now is not None):
        until = likely_earliest(now.state, now.format)
        closes = _at(act, act.clinic.closes, Instant(now.session.opened_at))  # of the day on which they came
        if until is not None and until > closes:
            yield Overrun(now.session.patient.name, until, round(elapsed_min(closes, until)))


def late_start(act: Act, now: Seen) -> tuple[Day, Instant] | None:
    """The day, and when this patient could leave, where a dose that begins now begins or ends too late; else None."""
    day, until = today(act, now.policy), would_leave(act.at, now.format, now.policy)
    return (day, until) if act.at > day.last_start or until > day.closes else None


def _at(act: Act, clock: time, on: Instant) -> Instant:
    """This clock time of the local day of a moment."""
    day = on.astimezone(act.clinic.zone).date()
    return instant(datetime.combine(day, clock, tzinfo=act.clinic.zone))
