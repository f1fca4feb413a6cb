"""Names the unanswered fields that could still change a rule's result, and no others."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from kapstone.care.evidence import Policy

from .instruments import instrument
from .intake import Ask, Intake, Kind, Medicine, Trial, asks
from .medicines import benzodiazepines_compared, ingredients
from .resistance import dose_was_effective
from .rule import Rule

# Any day will do to try out a condition with; what counts is how far two days lie apart.
SOME_DAY = date(2000, 6, 15)
LONG = timedelta(days=365 * 30)
Tries = Callable[[Intake, Ask, Any], tuple[object, ...]]


def missing_fields(rule: Rule, intake: Intake, policy: Policy) -> tuple[str, ...]:
    """Fields of an undecided rule that decide it when answered one way or the other.

    When no single answer decides, every unanswered field that the rule reads is named.
    """
    unanswered = [name for name in rule.needs if _unanswered(intake, name, policy)]
    deciding = [name for name in unanswered if _decides(rule, intake, policy, name)]
    return tuple(deciding or unanswered)


def _unanswered(intake: Intake, name: str, policy: Policy) -> bool:
    value, kind = getattr(intake, name), asks()[name].kind
    if kind == Kind.POINTS:
        return any(value.get(item.link_id) is None for item in instrument("phq-9").items)
    if kind == Kind.TRIALS and value is not None:
        return any(_open(trial) for trial in value)
    if kind == Kind.MEDICINES and value is not None:
        return any(medicine.daily_mg is None for medicine in value) or not benzodiazepines_compared(intake)
    if kind == Kind.PRESSURES and value is not None:
        return len(value) < policy.number("evaluation.pressure.readings")
    return value is None


def _open(trial: Trial) -> bool:
    told = (
        trial.weeks,
        trial.taken_as_prescribed,
        trial.response_percent,
        trial.stopped_for_side_effects,
    )
    return trial.kind == "antidepressant" and (None in told or dose_was_effective(trial) is None)


def _decides(rule: Rule, intake: Intake, policy: Policy, name: str) -> bool:
    ask = asks()[name]
    tries = TRIES[ask.kind](intake, ask, getattr(intake, name))
    changes: list[dict[str, Any]] = [{name: value} for value in tries]
    return any(rule.condition(replace(intake, **change), policy) is not None for change in changes)


def _days(intake: Intake, ask: Ask, value: object) -> tuple[object, ...]:
    today = intake.evaluated_on or _latest(intake)
    # An evaluation is on no day before those that are known; every other day is on none after it.
    return (today, today + LONG) if ask is asks()["evaluated_on"] else (today, today - LONG)


def _latest(intake: Intake) -> date:
    days = [getattr(intake, name) for name, ask in asks().items() if ask.kind == Kind.DAY]
    return max([each for each in days if each is not None], default=SOME_DAY)


def _filled(intake: Intake, ask: Ask, value: Mapping[str, int | None]) -> tuple[object, ...]:
    items = instrument("phq-9").items
    return tuple(
        {item.link_id: points if value.get(item.link_id) is None else value[item.link_id] for item in items}
        for points in (0, instrument("phq-9").highest)
    )


def _trials(intake: Intake, ask: Ask, value: object) -> tuple[object, ...]:
    failed = Trial(
        drug="-",
        weeks=1000,
        taken_as_prescribed=True,
        adequate_dose=True,
        response_percent=0,
        stopped_for_side_effects=False,
    )
    return ((), tuple(replace(failed, drug=f"-{number}") for number in range(20)))


def _medicines(intake: Intake, ask: Ask, value: tuple[Medicine, ...] | None) -> tuple[object, ...]:
    """None taken; everything of the table, at no dose and at an enormous one; or the list filled and looked up."""
    doses = (Decimal(0), Decimal(10**5))
    if value is not None:
        return tuple(
            tuple(
                replace(each, checked=True, daily_mg=dose if each.daily_mg is None else each.daily_mg)
                for each in value
            )
            for dose in doses
        )
    every = tuple(tuple(Medicine(name=name, daily_mg=dose) for name in ingredients()) for dose in doses)
    return ((), (Medicine(name="?"),), *every)


TRIES: Mapping[Kind, Tries] = {
    Kind.YES_NO: lambda intake, ask, value: (True, False),
    Kind.DAY: _days,
    Kind.NUMBER: lambda intake, ask, value: (Decimal(ask.low), Decimal(ask.high)),
    Kind.CHOICE: lambda intake, ask, value: ask.options,
    Kind.POINTS: _filled,
    Kind.TRIALS: _trials,
    Kind.MEDICINES: _medicines,
    Kind.PRESSURES: lambda intake, ask, value: ((), ((60, 20),) * 3, ((300, 200),) * 3),
}
