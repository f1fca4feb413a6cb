"""The life of a concern: who must know of it, step by step, until somebody has it and has settled it.

A pure fold of what people did. It goes to the first on call, then the second, the third, and the clinic's leads, and
from then on to all of them again and again. Taking it stops that; not reaching the patient, or having it too long,
starts the next step. It never goes back a step, and no step is left out.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant, hours, instant, minutes

from .lines import number
from .roster import Roster

LAST_RANK = 3
SATURDAY = 5


class Stage(StrEnum):
    """Where a concern stands."""

    WAITING = "waiting"
    TAKEN = "taken"
    UNREACHED = "unreached"
    RETURNED = "returned"
    SETTLED = "settled"

    @property
    def rising(self) -> bool:
        """Whether nobody has it, so that it goes on to the next person."""
        return self in (Stage.WAITING, Stage.UNREACHED, Stage.RETURNED)


TAKEN, HANDED, UNREACHED, SETTLED, OVERDUE = "taken", "handed", "unreached", "settled", "overdue"

TRANSITIONS: dict[tuple[Stage, str], Stage] = {
    (Stage.WAITING, TAKEN): Stage.TAKEN,
    (Stage.TAKEN, TAKEN): Stage.TAKEN,
    (Stage.TAKEN, HANDED): Stage.TAKEN,
    (Stage.TAKEN, UNREACHED): Stage.UNREACHED,
    (Stage.TAKEN, OVERDUE): Stage.RETURNED,
    (Stage.TAKEN, SETTLED): Stage.SETTLED,
    (Stage.UNREACHED, TAKEN): Stage.TAKEN,
    (Stage.RETURNED, TAKEN): Stage.TAKEN,
    (Stage.RETURNED, HANDED): Stage.TAKEN,
    (Stage.RETURNED, UNREACHED): Stage.UNREACHED,
    (Stage.RETURNED, SETTLED): Stage.SETTLED,
}
"""What people do, and `overdue`, which the clock does. Nothing leads out of settled."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did with the concern: taken, handed, unreached or settled."""

    kind: str
    at: Instant


@dataclass(frozen=True, slots=True)
class Raised:
    """A concern as the rules see it: its tier (now, today, soon), when it was raised, when the clinic opens."""

    tier: str
    at: Instant
    opens: time = time(8)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its number from 1, when it was due, and the stage that made it due."""

    number: int
    due_at: Instant
    why: Stage


@dataclass(frozen=True, slots=True)
class Escalation:
    """Where a concern stands at a moment.

    `next_at` is when the next step is due or, while somebody has it, when it would return to the list; None once it
    is settled.
    """

    stage: Stage
    since: Instant
    steps: tuple[Step, ...]
    next_at: Instant | None

    @property
    def step(self) -> Step | None:
        """The newest step; None where the first is not due yet."""
        return self.steps[-1] if self.steps else None


def escalation(raised: Raised, deeds: Sequence[Deed], roster: Roster, policy: Policy, at: Instant) -> Escalation:
    """Folds what people did up to this moment. What they did must be in the order of time."""
    clock = _Clock(raised, roster, policy)
    found = Escalation(Stage.WAITING, raised.at, (), None)
    for deed in (one for one in deeds if one.at <= at):
        found = clock.run(found, deed.at)
        after = TRANSITIONS.get((found.stage, deed.kind))
        if after:
            found = replace(found, stage=after, since=deed.at)
    found = clock.run(found, at)
    return replace(found, next_at=clock.next_at(found))


@dataclass(frozen=True, slots=True)
class _Clock:
    """What the passing of time alone does."""

    raised: Raised
    roster: Roster
    policy: Policy

    def run(self, found: Escalation, to: Instant) -> Escalation:
        """Adds the steps that fall due up to a moment, also at it."""
        while (due := self.next_at(found)) is not None and due <= to:
            if found.stage is Stage.TAKEN:
                found = replace(found, stage=TRANSITIONS[found.stage, OVERDUE], since=due)
            else:
                step = Step(len(found.steps) + 1, due, found.stage)
                found = replace(found, steps=(*found.steps, step))
        return found

    def next_at(self, found: Escalation) -> Instant | None:
        """When the next thing happens if nobody does anything."""
        if found.stage is Stage.SETTLED:
            return None
        if found.stage is Stage.TAKEN:
            return Instant(found.since + self._min("settle"))
        last = found.step
        if last is None:
            # Raised and never told of: "soon" waits for the next working day, whatever has happened since.
            return read_from(self.raised.tier, max(found.since, self._first()), self.roster, self.policy)
        if last.due_at < found.since or last.why is not found.stage:
            return read_from(self.raised.tier, found.since, self.roster, self.policy)
        part = "owner" if last.number == 1 else "step" if last.number <= LAST_RANK else "again"
        return read_from(self.raised.tier, Instant(last.due_at + self._min(part)), self.roster, self.policy)

    def _min(self, part: str) -> timedelta:
        # Never less than a minute, or a policy of 0 would raise steps without end in one moment.
        return minutes(max(1.0, float(number(self.policy, f"escalation.{self.raised.tier}_{part}_min"))))

    def _first(self) -> Instant:
        if self.raised.tier != "soon":
            return self.raised.at
        day = self.raised.at.astimezone(self.roster.zone).date() + timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
        return instant(datetime.combine(day, self.raised.opens, tzinfo=self.roster.zone))


def read_from(tier: str, at: Instant, roster: Roster, policy: Policy) -> Instant:
    """The moment from which people are told: at once for `now`, else when somebody is on the roster.

    Where nobody comes on in time it does not wait: the leads are told at once.
    """
    opens = at if tier == "now" else roster.next_from(at)
    too_long = opens is None or opens - at > hours(float(number(policy, "escalation.longest_wait_h")))
    return at if opens is None or too_long else opens


def to_tell(
    raised: Raised,
    found: Escalation,
    roster: Roster,
    policy: Policy,
    leads: Sequence[UUID],
    told: Collection[tuple[int, UUID]],
    owner: UUID | None,
    at: Instant,
) -> tuple[UUID, ...]:
    """Who is to be told at this moment and was not yet, the first on call first.

    `told` holds a (step, person) for each who was. At each step these must know: the first of those on call now, then
    the first two, and so on; after the last of them, the leads as well. Whoever knows is not told again until all do,
    or until the one who had it (`owner`) has had it too long.
    """
    step = found.step
    if step is None or not found.stage.rising or read_from(raised.tier, at, roster, policy) > at:
        return ()
    ranks = roster.on_call(at)
    must = ranks[: step.number] if step.number <= len(ranks) else (*ranks, *leads)
    returned = step.why is Stage.RETURNED
    if returned and owner is not None:
        must = (owner, *must)
    again = returned or step.number > len(ranks) + 1
    known = {person for number, person in told if not again or number >= step.number}
    return tuple(dict.fromkeys(person for person in must if person not in known))
