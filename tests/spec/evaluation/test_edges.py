"""The ends of things: names given twice, totals that cannot be, lists without end, and how each trial was judged."""

import sys
from datetime import date
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from tests.spec.evaluation.people import failed, phq9, someone

from kapstone.care.evaluation import (
    BadIntake,
    Outcome,
    Urgency,
    evaluate,
    failed_trials,
    instrument,
    judged,
    read_intake,
    rules,
)
from kapstone.care.evaluation.clearance import Reading
from kapstone.care.evaluation.medicines import nearest, table
from kapstone.care.evidence import default_policy


def test_a_rule_id_given_twice_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    twin = ModuleType("kapstone.care.evaluation.rules.z99_twin")
    twin.RULE = rules()[0]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, twin.__name__, twin)
    family = sys.modules["kapstone.care.evaluation.rules"]
    found = [*family.pkgutil.iter_modules(family.__path__), SimpleNamespace(name="z99_twin")]
    monkeypatch.setattr(family.pkgutil, "iter_modules", lambda path: found)
    with pytest.raises(ValueError, match="is given twice"):
        rules.__wrapped__()


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([{"one": {"first": ["same"]}}, {"two": {"second": ["same"]}}], "names two ingredients"),
        ([{"one": {"first": [], "second": []}}, {"combinations": {"first": ["second"]}}], "of the same name"),
    ],
)
def test_a_name_of_two_medicines_is_an_error(
    monkeypatch: pytest.MonkeyPatch, files: list[dict[str, dict[str, list[str]]]], sentence: str
) -> None:
    monkeypatch.setattr(table, "_files", lambda: iter(files))
    monkeypatch.setattr(table, "ingredients", table.ingredients.__wrapped__)
    with pytest.raises(ValueError, match=sentence):
        table._by_name.__wrapped__()


@pytest.mark.parametrize(
    ("typed", "first"), [("sertralin", "sertraline"), ("Lorazepan", "lorazepam"), ("qqqq", None)]
)
def test_what_was_meant(typed: str, first: str | None) -> None:
    assert (nearest(typed) or (None,))[0] == first


@pytest.mark.parametrize("total", [-1, 28])
def test_a_total_outside_the_instrument_has_no_band(total: int) -> None:
    with pytest.raises(ValueError, match=f"{total} is no PHQ-9 total; it runs from 0 to 27"):
        instrument("phq-9").band(total)


@pytest.mark.parametrize("name", ["medicines", "trials", "pressures"])
def test_a_list_has_an_end(name: str) -> None:
    with pytest.raises(BadIntake, match=f"{name} has 61 entries; give at most 60"):
        read_intake(f'{{"{name}": [{", ".join(["null"] * 61)}]}}')


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, Outcome.FAILED),
        ({"response_percent": 50}, Outcome.NOT_FAILED),
        ({"weeks": 5}, Outcome.NOT_FAILED),
        ({"weeks": None}, Outcome.UNKNOWN),
        ({"weeks": None, "response_percent": 80}, Outcome.NOT_FAILED),
        ({"stopped_for_side_effects": True}, Outcome.INTOLERANCE),
        ({"stopped_for_side_effects": True, "weeks": None}, Outcome.INTOLERANCE),
        ({"kind": "psychotherapy"}, Outcome.APART),
        ({"kind": "ect", "stopped_for_side_effects": True}, Outcome.APART),
    ],
)
def test_how_a_trial_was_judged(changes: dict[str, object], outcome: Outcome) -> None:
    (found,) = judged((failed(**changes),), default_policy())
    assert (found.outcome, found.trial) == (outcome, failed(**changes))
    assert str(found.why).endswith(".")


def test_nothing_tried_is_judged_as_nothing() -> None:
    assert judged(None, default_policy()) == judged((), default_policy()) == ()


@pytest.mark.parametrize(
    ("trials", "expected"),
    [
        (None, (0, None)),
        ((), (0, 0)),
        ((failed(drug="alpha"), failed(drug="beta")), (2, 2)),
        ((failed(drug="Alpha"), failed(drug=" alpha ")), (1, 1)),
        ((failed(drug="Zoloft"), failed(drug="sertraline 50 mg")), (1, 1)),
        ((failed(), failed(drug="venlafaxine", weeks=None)), (1, 2)),
        ((failed(kind="tms"), failed(kind="augmentation")), (0, 0)),
    ],
)
def test_how_many_failed(trials: tuple[Any, ...] | None, expected: tuple[int, int | None]) -> None:
    count = failed_trials(trials, default_policy())
    assert (count.at_least, count.at_most) == expected


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ({"response_percent": 30}, "1 failed"),
        ({"response_percent": 26}, "1 failed"),
        ({"response_percent": 25}, None),
    ],
)
def test_the_other_response_line_is_counted(second: dict[str, Any], told: str | None) -> None:
    verdict = evaluate(someone(trials=(failed(), failed(drug="venlafaxine", **second))), default_policy())
    found = [str(each.reason) for each in verdict.findings if each.rule == "A15"]
    assert (told is None) == (found == [])
    assert told is None or told in found[0]


def test_a_trial_without_a_number_leaves_the_other_count_a_range() -> None:
    trials = (failed(response_percent=30), failed(drug="venlafaxine", response_percent=30))
    several = (*trials, failed(drug="bupropion", response_percent=None))
    verdict = evaluate(someone(trials=several), default_policy())
    (found,) = [str(each.reason) for each in verdict.findings if each.rule == "A15"]
    assert "0 to 1 failed" in found


@pytest.mark.parametrize("reading", list(Reading))
def test_what_a_reader_says_has_words(reading: Reading) -> None:
    assert reading.words.endswith(".")


KNOWN = {"suicidality_unchanged": True, "suicidality_assessed_on": date(2026, 3, 1)}


TIERS: list[tuple[dict[str, Any], set[str]]] = [
    ({}, set()),
    ({"phq9": phq9(18, 1)}, {"E67A"}),
    ({"phq9": phq9(18, 3)}, {"E67A"}),
    ({"asq_positive": True}, {"E67A"}),
    ({"phq9": phq9(18, 1)} | KNOWN, {"E67C"}),
    ({"asq_positive": True} | KNOWN, {"E67C"}),
    ({"phq9": phq9(18, 1)} | KNOWN | {"suicidality_assessed_on": None}, {"E67A"}),
    ({"phq9": phq9(18, 1)} | KNOWN | {"suicidality_unchanged": None}, {"E67A"}),
    ({"phq9": phq9(18, 1)} | KNOWN | {"suicidality_unchanged": False}, {"E67A"}),
    (KNOWN, set()),
    ({"phq9": phq9(17, None)}, {"E67B"}),
    ({"phq9": phq9(17, None)} | KNOWN, {"E67B"}),
    ({"phq9": phq9(17, None), "asq_positive": True}, {"E67A", "E67B"}),
]


@pytest.mark.parametrize(("changes", "expected"), TIERS)
def test_thoughts_of_death_in_three_tiers(changes: dict[str, Any], expected: set[str]) -> None:
    verdict = evaluate(someone(**changes), default_policy())
    tiers = {"E67A": Urgency.TODAY, "E67B": Urgency.TODAY, "E67C": Urgency.NONE}
    found = {each.rule: each.urgency for each in verdict.findings if each.rule in tiers}
    assert found == {rule: tiers[rule] for rule in expected}


def test_a_recent_stroke_is_one_of_the_months_that_the_question_names() -> None:
    verdict = evaluate(someone(stroke_or_tia_12_months=True), default_policy())
    (finding,) = [each for each in verdict.findings if each.rule == "E12B"]
    assert "within the past 12 months" in str(finding.reason)


def test_points_that_are_no_object_are_refused() -> None:
    with pytest.raises(BadIntake, match="phq9 is not an object; give link ids with their points"):
        read_intake('{"phq9": [1, 2]}')
