"""The sets of readings that a format asks for, and where each stands: coming, due, overdue, taken, closed, missed.

The last two times of a format go on at their own distance for as long as somebody is watched. A set whose time has
passed is either whole, or it is closed with a reason; there is no third way to leave.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kapstone.care.evidence import Policy
from kapstone.care.evidence.reasons import marked
from kapstone.care.plan import Format
from kapstone.care.quantities import Instant, elapsed_min, minutes

from .event import Event
from .fold import SessionState
from .readings import BELIEVED, Judged
from .signals import HEART

REASONS: dict[str, str] = {
    "bathroom": marked("In the bathroom, with help"),
    "refused": marked("The patient did not want it"),
    "asleep": marked("Asleep, breathing seen"),
    "other": marked("Another reason, in words"),
}
"""Why a set was not taken, with the words of the page."""


class SlotState(StrEnum):
    """Where one set stands."""

    COMING = "coming"
    DUE = "due"
    OVERDUE = "overdue"
    TAKEN = "taken"
    CLOSED = "closed"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Slot:
    """One set. `missing` are the signals that it still lacks; `closed` is the line that says why it was not taken."""

    minute: int
    due_at: Instant
    standing: SlotState
    missing: tuple[str, ...]
    closed: Event | None = None

    @property
    def open(self) -> bool:
        """True while it can and should be taken."""
        return self.standing in (SlotState.DUE, SlotState.OVERDUE)


def slots(state: SessionState, format_: Format, at: Instant) -> tuple[Slot, ...]:
    """Every set up to the one that comes next, in order of time; none before the dose has begun.

    A set counts from a little before its time until the next one's, over all readings in between."""
    zero = state.clock_zero
    if zero is None:
        return ()
    soon = float(state.policy.number("session.charting.soon_min"))
    until = elapsed_min(zero, _watched_until(state, at)) + soon
    measured = sorted((elapsed_min(zero, when) + soon, _believed(found)) for when, found in state.readings)
    found = []
    for minute, following in _pairs(times(format_, state.policy)):
        there = [signals for when, signals in measured if minute <= when < following]
        found.append(_slot(state, zero, minute, there, at, passed=following <= until))
        if minute > until:
            break
    if state.phase.over and found and found[-1].standing is SlotState.COMING:
        found.pop()
    return tuple(found)


def _believed(found: dict[str, Judged]) -> frozenset[str]:
    """The signals that were measured: what is lost or cannot be true is not."""
    return frozenset(key for key, one in found.items() if one.standing in BELIEVED)


def times(format_: Format, policy: Policy) -> Iterator[int]:
    """The minutes from clock zero at which this format asks for a set, without end."""
    planned = [int(name) for name in policy.names(f"session.slots.{format_.id}")]
    yield from planned
    apart = max(planned[-1] - planned[-2], 1) if len(planned) > 1 else max(planned[-1], 1)
    minute = planned[-1]
    while True:
        minute += apart
        yield minute


def current(found: Sequence[Slot]) -> Slot | None:
    """The set that is due now or overdue, else the next that comes; None where there is none."""
    return next((one for one in found if one.open), None) or next(
        (one for one in reversed(found) if one.standing is SlotState.COMING), None
    )


def unanswered(found: Sequence[Slot]) -> tuple[Slot, ...]:
    """The sets whose time has passed without a whole set and without a reason."""
    return tuple(one for one in found if one.standing is SlotState.MISSED)


def _pairs(found: Iterator[int]) -> Iterator[tuple[int, int]]:
    one = next(found)
    for following in found:
        yield one, following
        one = following


def _watched_until(state: SessionState, at: Instant) -> Instant:
    """Now, or the moment somebody left: no set is asked for after that."""
    return min(at, state.over_at) if state.over_at is not None else at


def _slot(
    state: SessionState, zero: Instant, minute: int, there: list[frozenset[str]], at: Instant, *, passed: bool
) -> Slot:
    due_at = Instant(zero + minutes(minute))
    missing = _missing(state.policy, frozenset().union(*there))
    closed = state.closed.get(minute)
    late = float(state.policy.number("session.charting.late_min"))
    soon = float(state.policy.number("session.charting.soon_min"))
    age = elapsed_min(due_at, _watched_until(state, at))
    if not missing:
        standing = SlotState.TAKEN
    elif closed is not None:
        standing = SlotState.CLOSED
    elif passed:
        standing = SlotState.MISSED
    elif age > late:
        standing = SlotState.OVERDUE
    else:
        standing = SlotState.DUE if age >= -soon else SlotState.COMING
    return Slot(minute, due_at, standing, missing, closed)


def _missing(policy: Policy, there: frozenset[str]) -> tuple[str, ...]:
    wanted = policy.names("session.charting.whole_set")
    return tuple(key for key in wanted if key not in there and not (key in HEART and there.intersection(HEART)))
