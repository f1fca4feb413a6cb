"""When a session next changes by time alone: a set falls due, a reminder asks again, others must be told.

A page that is open need not draw itself anew before that, unless a line is written.
"""

from collections.abc import Iterator
from datetime import timedelta

from kapstone.care.plan import Format
from kapstone.care.quantities import Instant, minutes

from .adverse.rounds import rounds
from .fold import SessionState
from .slots import slots
from .unanswered import waiting


def next_change(state: SessionState, format_: Format, at: Instant) -> Instant | None:
    """The first moment after this one at which a set, a reminder, a task or a round stands otherwise.

    None where nothing will by itself. What counts on with every minute, such as an age, is not meant.
    """
    if state.phase.over:
        return None
    return min((moment for moment in _moments(state, format_, at) if moment > at), default=None)


def _moments(state: SessionState, format_: Format, at: Instant) -> Iterator[Instant]:
    zero, soon, late = state.clock_zero, _minutes(state, "soon_min"), _minutes(state, "late_min")
    for slot in slots(state, format_, at):
        yield Instant(slot.due_at - minutes(soon))
        yield Instant(slot.due_at + minutes(late) + timedelta.resolution)  # overdue only after so many minutes
    for episode in state.watch.current():
        if episode.look_again is not None:
            yield episode.look_again
    for task in waiting(state, format_, at):
        yield task.others_from
    if zero is not None:
        yield from (Instant(zero + minutes(minute)) for minute in rounds(state.policy))


def _minutes(state: SessionState, line: str) -> float:
    return float(state.policy.number(f"session.charting.{line}"))
