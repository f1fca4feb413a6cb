"""Far beyond a line is as on it: each case of the table again, with its number or day at the end of the scale."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.spec.evaluation.people import someone
from tests.spec.evaluation.test_each_rule import CASES, HIGH, found

from kapstone.care.evaluation import Intake, asks, rules
from kapstone.care.evaluation.missing import missing_fields
from kapstone.care.evidence import default_policy

TODAY = date(2026, 3, 2)
LONG_AGO = date(1926, 3, 2)
WITH_TWO_ENDS = {"A02": (True, False), "E21": (False,), "E23": (False,)}
"""Rules of a range, or of what lies outside one: on this side the far end belongs to the other line."""


def far(field: str, here: Any, there: Any) -> Any:
    """The end of the scale, seen from there over here."""
    if isinstance(here, Decimal):
        ask = asks()[field]
        return Decimal(ask.high if here > there else ask.low)
    return TODAY if here > there else LONG_AGO


def beyond() -> list[Any]:
    """Rule, changes with a far value, and whether the rule fires."""
    rows = []
    for rule, _, fires, quiet, _, _ in CASES:
        usual = someone()
        for field in fires.keys() | quiet.keys():
            yes, no = fires.get(field, getattr(usual, field)), quiet.get(field, getattr(usual, field))
            if type(yes) is not type(no) or yes == no or type(yes) not in (Decimal, date):
                continue
            for side, changes, value in ((True, fires, far(field, yes, no)), (False, quiet, far(field, no, yes))):
                if side not in WITH_TWO_ENDS.get(rule, ()):
                    name = f"{rule}-{field}-{'fires' if side else 'quiet'}"
                    rows.append(pytest.param(rule, changes | {field: value}, side, id=name))
    return rows


@pytest.mark.parametrize(("rule", "changes", "fires"), beyond())
def test_far_beyond_the_line(rule: str, changes: dict[str, Any], fires: bool) -> None:
    finding = found(rule, changes)
    assert (finding is not None and finding.missing == ()) == fires


@pytest.mark.parametrize(
    ("pressures", "fires"),
    [
        (((190, 80),) * 3, True),
        (((120, 115),) * 3, True),
        (((190, 80),) * 3 + ((118, 76),) * 3, False),
        (((118, 76),) * 3 + ((190, 80),) * 3, True),
        (((190, 80),) * 2, None),
        ((), None),
    ],
)
def test_the_last_three_readings_count(pressures: tuple[tuple[int, int], ...], fires: bool | None) -> None:
    finding = found("E20", HIGH | {"pressures": pressures})
    assert (finding is not None) == (fires is not False)
    assert finding is None or finding.missing == (() if fires else ("pressures",))


@pytest.mark.parametrize(
    ("rule", "changes", "expected"),
    [
        (
            "E67",
            {"phq9": {}, "asq_acute": None, "clinician_urgent_flag": None},
            "phq9 asq_acute clinician_urgent_flag",
        ),
        (
            "E38",
            {"could_become_pregnant": None, "last_pregnancy_test": None},
            "could_become_pregnant last_pregnancy_test",
        ),
        ("E20", {"hypertension": None, "pressures": None}, "hypertension pressures"),
        ("E20", {"hypertension": True, "pressures": ((150, 80),)}, "pressures"),
    ],
)
def test_what_is_asked_when_several_are_open(rule: str, changes: dict[str, Any], expected: str) -> None:
    (one,) = [each for each in rules() if each.id == rule]
    assert missing_fields(one, someone(**changes), default_policy()) == tuple(expected.split())


def test_a_day_of_evaluation_is_asked_without_going_before_what_is_known() -> None:
    (under_18,) = [each for each in rules() if each.id == "E01"]
    intake = Intake(birth_date=date(1980, 1, 1), ecg_on=date(2026, 1, 1))
    assert missing_fields(under_18, intake, default_policy()) == ("evaluated_on",)
