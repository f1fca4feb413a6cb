"""Names the unanswered fields that could still change a rule's result, and no others."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from kapstone.care.evidence import Policy

from .instruments import instrument
from .intake import DIAGNOSES, Intake, Trial
from .rule import Rule

# Any day will do to try out a condition with; what counts is how far two days lie apart.
SOME_DAY = date(2000, 6, 15)
LONG = timedelta(days=365 * 30)


def missing_fields(rule: Rule, intake: Intake, policy: Policy) -> tuple[str, ...]:
    """Fields of an undecided rule that decide it when answered one way or the other.

    When no single answer decides, every unanswered field that the rule reads is named.
    """
    unanswered = [name for name in rule.needs if _unanswered(intake, name)]
    deciding = [name for name in unanswered if _decides(rule, intake, policy, name)]
    return tuple(deciding or unanswered)


def _unanswered(intake: Intake, name: str) -> bool:
    value = getattr(intake, name)
    if name == "phq9":
        return any(value.get(item.link_id) is None for item in instrument("phq-9").items)
    if name == "trials" and value is not None:
        return any(
            part is None
            for trial in value
            for part in (
                trial.weeks,
                trial.adequate_dose,
                trial.response_percent,
                trial.stopped_for_side_effects,
            )
        )
    return value is None


def _decides(rule: Rule, intake: Intake, policy: Policy, name: str) -> bool:
    changes: list[dict[str, Any]] = [{name: value} for value in _tries(intake).get(name, (True, False))]
    return any(rule.condition(replace(intake, **change), policy) is not None for change in changes)


def _tries(intake: Intake) -> Mapping[str, tuple[object, ...]]:
    """Answers to try for the fields that are not plain yes or no: the two ends of what may be answered."""
    today = intake.evaluated_on or SOME_DAY
    return {
        "diagnosis": DIAGNOSES,
        "phq9": tuple(_filled(intake, points) for points in (0, instrument("phq-9").highest)),
        "trials": ((), _failures()),
        "birth_date": (today, today - LONG),
        "last_pregnancy_test": (today, today - LONG),
        "evaluated_on": (_latest(intake), _latest(intake) + LONG),
    }


def _filled(intake: Intake, points: int) -> dict[str, int | None]:
    items = instrument("phq-9").items
    given = {item.link_id: intake.phq9.get(item.link_id) for item in items}
    return {link_id: points if value is None else value for link_id, value in given.items()}


def _latest(intake: Intake) -> date:
    return max(intake.birth_date or SOME_DAY, intake.last_pregnancy_test or SOME_DAY)


def _failures() -> tuple[Trial, ...]:
    failed = Trial(drug="-", weeks=1000, adequate_dose=True, response_percent=0, stopped_for_side_effects=False)
    return (failed,) * 20
