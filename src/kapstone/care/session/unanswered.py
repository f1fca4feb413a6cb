"""What in a session waits for somebody, since when, and from when on others must know.

A reminder that nobody has seen, or whose time to look again has come; a gap in the readings; a value beyond belief
that nobody measured again; a call for help without a step. How long each may wait is the policy's; who is told then
is the roster's.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kapstone.care.evidence import Policy, Reason
from kapstone.care.evidence.reasons import marked, reason
from kapstone.care.plan import Format
from kapstone.care.quantities import Instant, elapsed_min, minutes

from .fold import SessionState
from .reminders import Level
from .slots import SlotState, slots
from .technical import Fault


@dataclass(frozen=True, slots=True)
class Waiting:
    """One task. `key` names it for as long as it is the same task; `others_from` is when others must be told."""

    key: str
    what: Reason
    since: Instant
    others_from: Instant
    level: Level
    rank: int = 0

    def overdue(self, at: Instant) -> bool:
        """Whether it has waited too long."""
        return at >= self.others_from


def step_of(task: Waiting, ranks: int, policy: Policy, at: Instant) -> int:
    """The step that a task has come to: 0 while it may still wait, then 1 for the first on call, 2 for the first two.

    One step after the last of so many `ranks` the clinic's leads know as well. From then on everybody is told again,
    less often.
    """
    if not task.overdue(at):
        return 0
    step_min, again_min = (
        max(float(policy.number(f"session.unanswered.{name}_min")), 1.0) for name in ("step", "again")
    )
    waited, last = elapsed_min(task.others_from, at), ranks + 1
    step = 1 + int(waited // step_min)
    return step if step <= last else last + int((waited - (last - 1) * step_min) // again_min)


def waiting(state: SessionState, format_: Format, at: Instant) -> tuple[Waiting, ...]:
    """Everything that waits at this moment, the most urgent first; nothing once the session is over."""
    if state.phase.over:
        return ()
    found = [*_help(state), *_reminders(state, at), *_beyond_belief(state), *_sets(state, format_, at)]
    return tuple(sorted(found, key=lambda one: (-one.level, -one.rank, one.others_from)))


def _help(state: SessionState) -> Iterator[Waiting]:
    called = state.helping
    if called is not None and not any(step.at_device >= called.at_device for step in state.help_steps):
        words = marked("Help was called and no step is written.")
        yield _task(state, f"help {called.id}", reason("waiting.help", words), called.at_device, "help", Level.RED)


def _reminders(state: SessionState, at: Instant) -> Iterator[Waiting]:
    for episode in state.watch.current():
        if episode.asks(at):
            since = episode.asked_from
            key = f"{episode.rule.id} {since.isoformat()}"
            words = marked("Nobody has written that they saw: {what}")
            told = reason("waiting.reminder", words, what=episode.what)
            yield _task(state, key, told, since, episode.level.word, episode.level, episode.rule.rank)


def _sets(state: SessionState, format_: Format, at: Instant) -> Iterator[Waiting]:
    """One task a gap: from the oldest set that is neither whole nor closed, until one is or has a reason."""
    gap = None
    for slot in slots(state, format_, at):
        if slot.standing in (SlotState.TAKEN, SlotState.CLOSED):
            gap = None
        elif slot.standing in (SlotState.OVERDUE, SlotState.MISSED):
            gap = gap or slot
    if gap is not None:
        words = marked("The readings of minute {minute} are overdue.")
        told = reason("waiting.set", words, minute=gap.minute)
        yield _task(state, f"set {gap.minute}", told, gap.due_at, "set", Level.YELLOW)


def _beyond_belief(state: SessionState) -> Iterator[Waiting]:
    """A value that cannot be true and that a person kept: somebody measures by hand."""
    for one in state.technical.current():
        if one.kind is Fault.IMPLAUSIBLE:
            told = reason("waiting.implausible", marked("Nobody has measured again: {what}"), what=one.what)
            yield _task(
                state, f"odd {one.signals[0]} {one.started.isoformat()}", told, one.started, "orange", Level.ORANGE
            )


def _task(
    state: SessionState, key: str, what: Reason, since: Instant, line: str, level: Level, rank: int = 0
) -> Waiting:
    wait = float(state.policy.number(f"session.unanswered.{line}_min"))
    return Waiting(key, what, since, Instant(since + minutes(wait)), level, rank)
