"""The small print: the two scales' blanks, doses and counts of trials, ends of totals, values that stay."""

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.spec.evaluation.people import failed, phq9, someone

from kapstone.care.evaluation import (
    Finding,
    FormatVerdict,
    Instrument,
    Medicine,
    Rule,
    Severity,
    Trial,
    Urgency,
    Verdict,
    Worry,
    evaluate,
    failed_trials,
    instrument,
    worry,
)
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.phq9 import item_9, some_suicidality
from kapstone.care.evaluation.resistance import FailedTrials, Judged, dose_was_effective
from kapstone.care.evidence import default_policy

POLICY = default_policy()


def severities(rule: str, **changes: Any) -> list[str]:
    """What a rule says of somebody, as severities."""
    return [each.severity.word for each in evaluate(someone(**changes), POLICY).findings if each.rule == rule]


def missing(rule: str, **changes: Any) -> list[tuple[str, ...]]:
    """What a rule asks of somebody."""
    return [each.missing for each in evaluate(someone(**changes), POLICY).findings if each.rule == rule]


@pytest.mark.parametrize(
    "kind",
    [Finding, FormatVerdict, Instrument, Judged, FailedTrials, Medicine, Rule, Trial, Verdict, Worry],
)
def test_what_was_judged_is_a_value_that_stays(kind: Any) -> None:
    value = object.__new__(kind)
    name = dataclasses.fields(kind)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, name, "changed")
    assert not hasattr(value, "__dict__"), "a misspelt field is an error"


@pytest.mark.parametrize("kind", [Finding, Medicine, Rule, Trial])
def test_long_records_are_made_by_name(kind: Any) -> None:
    with pytest.raises(TypeError, match="positional"):
        kind("one")


def test_what_is_stored_as_a_number_keeps_its_number() -> None:
    assert {each.word: int(each) for each in Urgency} == {"none": 0, "today": 1, "now": 2}
    assert {each.word: int(each) for each in Severity} == {
        "info": 0,
        "review": 1,
        "hold": 2,
        "block": 3,
        "stop": 4,
    }


def test_an_answer_that_worries_nobody_is_no_worry() -> None:
    assert worry(instrument("asq"), "asq.1", 0, POLICY) is None


@pytest.mark.parametrize(
    ("points", "asq", "expected"),
    [
        (None, False, None),
        (None, None, None),
        (None, True, True),
        (0, False, False),
        (0, None, None),
        (1, False, True),
        (1, None, True),
    ],
)
def test_thoughts_of_death_on_either_scale(points: int | None, asq: Known, expected: Known) -> None:
    intake = someone(phq9=phq9(12, points), asq_positive=asq)
    assert some_suicidality(intake, POLICY) is expected
    assert item_9(intake.phq9) == points
    assert item_9({}) is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"daily_mg": Decimal(49)}, False),
        ({"daily_mg": Decimal(50)}, True),
        ({"daily_mg": Decimal(200)}, True),
        ({"daily_mg": None}, None),
        ({"daily_mg": None, "adequate_dose": True}, True),
        ({"daily_mg": Decimal(200), "adequate_dose": False}, False),
        ({"drug": "something unheard of", "daily_mg": Decimal(1000)}, None),
        ({"drug": "sertraline and venlafaxine", "daily_mg": Decimal(1000)}, None),
    ],
)
def test_whether_a_dose_was_effective(changes: dict[str, Any], expected: Known) -> None:
    assert dose_was_effective(failed(**({"adequate_dose": None} | changes))) is expected


@pytest.mark.parametrize(
    ("at_least", "at_most", "expected"),
    [
        (0, None, None),
        (2, None, False),
        (3, None, False),
        (0, 1, True),
        (1, 1, True),
        (1, 2, None),
        (1, 3, None),
        (2, 2, False),
        (3, 4, False),
    ],
)
def test_fewer_than_two(at_least: int, at_most: int | None, expected: Known) -> None:
    assert FailedTrials(at_least, at_most).fewer_than(2) is expected


def test_as_many_as_there_are_names() -> None:
    three = tuple(failed(drug=drug) for drug in ("sertraline", "venlafaxine", "bupropion"))
    assert failed_trials(three, POLICY) == FailedTrials(3, 3)


@pytest.mark.parametrize(
    ("trials", "asks"),
    [
        # By the usual line perhaps two; by the label's surely one.
        ((failed(), failed(drug="venlafaxine", weeks=None, response_percent=30)), [("trials",)]),
        # By the usual line surely two; by the label's one or two.
        (
            (
                failed(),
                failed(drug="venlafaxine", response_percent=30),
                failed(drug="bupropion", weeks=None),
            ),
            [("trials",)],
        ),
        ((failed(),), []),
        ((failed(), failed(drug="venlafaxine", response_percent=30)), [()]),
    ],
)
def test_the_two_lines_wait_for_what_is_not_known(trials: Any, asks: list[tuple[str, ...]]) -> None:
    assert missing("A15", trials=trials) == asks


@pytest.mark.parametrize("diagnosis", ["bipolar", "other"])
def test_the_resistant_indication_is_about_major_depression(diagnosis: str) -> None:
    assert severities("E03", trials=(), diagnosis=diagnosis) == []
    assert severities("E03", trials=()) == ["block"]


def test_a_total_that_can_still_reach_the_entry_line_is_open() -> None:
    # With item 9 blank the total lies three points up at most: 6 to 9 is below ten, 7 to 10 is not yet.
    assert missing("E06", phq9=phq9(6, None), madrs=Decimal(19)) == [()]
    assert missing("E06", phq9=phq9(7, None), madrs=Decimal(19)) == [("phq9",)]


@pytest.mark.parametrize(
    ("born", "systolic", "says"), [("1980-05-04", 150, "140/90 mmHg"), ("1955-05-04", 160, "150/90 mmHg")]
)
def test_the_pressure_line_of_the_age_is_told(born: str, systolic: int, says: str) -> None:
    changes: dict[str, Any] = {"birth_date": date.fromisoformat(born), "systolic_mmhg": Decimal(systolic)}
    (found,) = [each for each in evaluate(someone(**changes), POLICY).findings if each.rule == "E17"]
    assert says in str(found.reason)


def test_known_thoughts_are_information() -> None:
    known = {"phq9": phq9(18, 1), "suicidality_unchanged": True}
    assert severities("E67C", **known) == ["info"]


def test_the_trial_that_found_nothing_for_trauma_is_told_and_holds_nobody() -> None:
    verdict = evaluate(someone(pcl5=Decimal(31)), POLICY)
    (told,) = [each for each in verdict.findings if each.rule == "A16"]
    assert "PCL-5 total is 31 or more, or the GAD-7 total 10 or more" in str(told.reason)
    assert "158 people with PTSD found no effect of 8 infusions" in str(told.reason)
    assert verdict.candidacy == evaluate(someone(), POLICY).candidacy


def test_unknown_scores_of_trauma_and_anxiety_are_asked_and_hold_nobody() -> None:
    verdict = evaluate(someone(pcl5=None, gad7=None), POLICY)
    (asked,) = [each for each in verdict.findings if each.rule == "A16"]
    assert (asked.severity, asked.missing) == (Severity.INFO, ("pcl5", "gad7"))
    assert verdict.candidacy == evaluate(someone(), POLICY).candidacy
