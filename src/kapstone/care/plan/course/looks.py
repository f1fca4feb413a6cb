"""When somebody looks: preparation, calls and check-ins, re-evaluations. Due moments with the line that sets them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from kapstone.care.evidence import Policy, claim
from kapstone.care.evidence.reasons import marked
from kapstone.care.plan.formats import Format
from kapstone.care.quantities import Instant, hours


class Kind(StrEnum):
    """What is looked at."""

    PREPARATION = "preparation"
    CALL = "call"
    CHECK_IN = "check_in"
    RE_EVALUATION = "re_evaluation"


@dataclass(frozen=True, slots=True)
class Look:
    """One moment at which somebody looks. `source` is the policy line or claim that asks for it."""

    kind: Kind
    due: Instant
    words: str
    source: str


def looks(format_: Format, ends: Sequence[Instant], policy: Policy) -> tuple[Look, ...]:
    """Everything that is due around doses that end then, in order of time; empty for no doses."""
    if not ends:
        return ()
    found = [
        *_preparation(ends[0], policy),
        *_calls(ends, policy),
        *_after_first(ends[0], policy),
        *_weekly(ends, policy),
        *_re_evaluations(format_, ends, policy),
        *_afterwards(ends[-1], policy),
    ]
    return tuple(sorted(found, key=lambda one: (one.due, one.kind)))


def _preparation(first: Instant, policy: Policy) -> Iterator[Look]:
    key = "plan.course.preparation_visits"
    for number in range(int(policy.number(key)), 0, -1):
        due = Instant(first - timedelta(days=number))
        yield Look(Kind.PREPARATION, due, marked("Preparation before the first dose"), key)


def _calls(ends: Sequence[Instant], policy: Policy) -> Iterator[Look]:
    key = "plan.checkins.call_h"
    for number, end in enumerate(ends, 1):
        yield Look(Kind.CALL, Instant(end + hours(float(policy.number(key)))), f"Call after dose {number}", key)


def _after_first(first: Instant, policy: Policy) -> Iterator[Look]:
    key = "plan.checkins.first_dose_days"
    for days in policy.names(key):
        yield Look(Kind.CHECK_IN, Instant(first + timedelta(days=int(days))), f"Day {days} after the first dose", key)


def _weekly(ends: Sequence[Instant], policy: Policy) -> Iterator[Look]:
    key = "plan.checkins.weekly_days"
    step = timedelta(days=int(policy.number(key)))
    due, week = Instant(ends[0] + step), 1
    while due <= ends[-1] + step:
        yield Look(Kind.CHECK_IN, due, f"PHQ-9, week {week}", key)
        due, week = Instant(due + step), week + 1


def _re_evaluations(format_: Format, ends: Sequence[Instant], policy: Policy) -> Iterator[Look]:
    key = "plan.course.reevaluate_after_doses"
    each = int(policy.number(key))
    for number in range(each, len(ends) + 1, each):
        yield Look(Kind.RE_EVALUATION, ends[number - 1], f"Is it helping? After dose {number}", key)
    if format_.pattern_claim:
        slug = "esketamine-week-4"
        due = Instant(ends[0] + timedelta(weeks=int(claim(slug).figure("after_weeks"))))
        yield Look(Kind.RE_EVALUATION, due, marked("Is it helping? The label's look at the end of week 4"), slug)


def _afterwards(last: Instant, policy: Policy) -> Iterator[Look]:
    key = "plan.checkins.after_weeks"
    for weeks in policy.names(key):
        yield Look(
            Kind.CHECK_IN, Instant(last + timedelta(weeks=int(weeks))), f"{weeks} weeks after the last dose", key
        )
