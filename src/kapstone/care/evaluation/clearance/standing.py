"""How one test stands for a patient at a moment: its state, by when it is due, until when it counts, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from functools import reduce

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evidence import Policy, Reason
from kapstone.care.quantities import Instant

from . import words
from .kind import ClearanceTest
from .lifecycle import Did, State, after, allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was done. `about` names the result that a reading or a correction is about."""

    id: str
    did: Did
    at: Instant
    about: str = ""
    taken_on: date | None = None
    recheck_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A test that was asked for, with its steps in the order in which they were written."""

    id: str
    at: Instant
    due_on: date | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class _Life:
    """One order on its way through the table: where it stands, its result, and the reading of that result."""

    order: Order
    state: State = State.ASKED
    result: Step | None = None
    reading: Step | None = None
    last: Step | None = None

    def then(self, step: Step) -> "_Life":
        """After one more step. A step that may not happen, or is about another result, changes nothing."""
        about_another = step.about and (self.result is None or step.about != self.result.id)
        if about_another or not allowed(self.state, step.did):
            return self
        result = step if step.did == Did.RECEIVED else None if step.did == Did.IN_ERROR else self.result
        reading = step if step.did == Did.READ else None
        return _Life(self.order, after(self.state, step.did), result, reading, step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The answer for one test. `recheck_on` is the last day on which the result that counts, or counted, does so.

    `waiting` is a result that nobody has read; `counting` is the newest result that was read, whether or not it is
    too old by now; `counts` says whether it counts today, `lasts` whether it does on the day of the next dose.
    """

    test: ClearanceTest
    state: State
    reason: Reason
    needed: Known
    order: Order | None
    due_on: date | None
    overdue: bool
    waiting: Step | None
    counting: Step | None
    reading: Step | None
    recheck_on: date | None
    counts: bool
    lasts: Known


def day_in(at: Instant, zone: tzinfo) -> date:
    """The day of a moment on the clinic's calendar."""
    return at.astimezone(zone).date()


def last_day(test: ClearanceTest, result: Step, reading: Step | None, policy: Policy) -> date:
    """The last day on which a result counts: the policy's, or an earlier one that its reader named."""
    taken = result.taken_on or result.at.date()
    by_policy = taken + timedelta(days=int(policy.number(test.valid_days)))
    return min(by_policy, reading.recheck_on) if reading and reading.recheck_on else by_policy


def standing(
    test: ClearanceTest,
    orders: Sequence[Order],
    *,
    at: Instant,
    zone: tzinfo,
    policy: Policy,
    intake: Intake,
    next_dose: date | None = None,
) -> Standing:
    """How this test stands at a moment, on the clinic's calendar; and whether it lasts until the next dose."""
    today, needed = day_in(at, zone), test.needed(intake, policy)
    lives = sorted((_life(one) for one in orders), key=lambda one: (one.order.at, one.order.id))
    newest = lives[-1] if lives else None
    read = _newest_read(lives)
    until = last_day(test, read.result, read.reading, policy) if read and read.result else None
    state = _state(newest, until, today)
    due_on = None if state != State.ASKED or newest is None else newest.order.due_on or next_dose
    lasts = None if until is None or next_dose is None else next_dose <= until
    overdue = due_on is not None and due_on < today
    return Standing(
        test=test,
        state=state,
        needed=needed,
        order=newest.order if newest else None,
        due_on=due_on,
        overdue=overdue,
        waiting=newest.result if newest and state == State.RECEIVED else None,
        counting=read.result if read else None,
        reading=read.reading if read else None,
        recheck_on=until,
        counts=until is not None and today <= until,
        lasts=lasts,
        reason=words.reason_of(
            words.Told(
                test=test,
                state=state,
                needed=needed,
                last=newest.last.did if newest and newest.last else None,
                asked_on=day_in(newest.order.at, zone) if newest else None,
                moved_on=day_in(newest.last.at, zone) if newest and newest.last else None,
                due_on=due_on,
                overdue=overdue,
                until=until,
                on=today,
                next_dose=next_dose,
                lasts=lasts,
                days=int(policy.number(test.valid_days)),
            )
        ),
    )


def _life(order: Order) -> _Life:
    return reduce(_Life.then, order.steps, _Life(order))


def _newest_read(lives: Sequence[_Life]) -> _Life | None:
    """The newest result that was read, by the day it was taken on; a slip that was marked is none."""
    read = [one for one in lives if one.reading is not None and one.result is not None]
    return max(read, key=_taken, default=None)


def _taken(one: _Life) -> tuple[date, Instant]:
    assert one.result is not None
    return one.result.taken_on or one.result.at.date(), one.result.at


def _state(newest: _Life | None, until: date | None, today: date) -> State:
    if newest is None:
        return State.NOT_ASKED
    if newest.state in (State.ASKED, State.RECEIVED) or until is None:
        return newest.state
    return State.READ if today <= until else after(State.READ, Did.EXPIRED)
