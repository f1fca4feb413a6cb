"""Every reminder limit on both sides of its line. One row is one fact: what is measured, and what people are told."""

from decimal import Decimal

import pytest
from tests.spec.session.records import POLICY, baseline, reading, state_of, told

from kapstone.care.session.reminders import RULES

# Baseline 135/78 for the absolute lines, so that no rise hides them (30 over is 165, 25 over is 103).
ONE_READING = [
    # signal, value, level told ("" is nothing)
    ("sbp", "159.9", ""),
    ("sbp", "160", "yellow"),
    ("sbp", "160.1", "yellow"),
    ("sbp", "164.9", "yellow"),
    ("sbp", "165", "orange"),
    ("sbp", "179", "orange"),
    ("sbp", "180", "orange"),
    ("sbp", "199.9", "orange"),
    ("sbp", "200", "red"),
    ("sbp", "200.1", "red"),
    ("sbp", "95.1", ""),
    ("sbp", "95", ""),
    ("sbp", "94.9", "yellow"),
    ("sbp", "90", "yellow"),
    ("sbp", "89.9", "orange"),
    ("sbp", "85", "orange"),
    ("sbp", "84.9", "red"),
    ("dbp", "94.9", ""),
    ("dbp", "95", "yellow"),
    ("dbp", "99.9", "yellow"),
    ("dbp", "100", "orange"),
    ("dbp", "110", "orange"),
    ("dbp", "119.9", "orange"),
    ("dbp", "120", "red"),
    ("hr", "110", ""),
    ("hr", "110.1", "yellow"),
    ("hr", "120.1", "yellow"),
    ("hr", "140", "yellow"),
    ("hr", "140.1", "red"),
    ("hr", "50", ""),
    ("hr", "49.9", "yellow"),
    ("hr", "45", "yellow"),
    ("hr", "44.9", "orange"),
    ("hr", "40", "orange"),
    ("hr", "39.9", "red"),
    ("spo2", "94", ""),
    ("spo2", "93.9", "yellow"),
    ("spo2", "92", "yellow"),
    ("spo2", "91.9", "orange"),
    ("spo2", "90", "orange"),
    ("spo2", "89.9", "red"),
    ("rr", "10", ""),
    ("rr", "9.9", "yellow"),
    ("rr", "8", "yellow"),
    ("rr", "7.9", "orange"),
    ("rr", "6", "orange"),
    ("rr", "5.9", "red"),
    ("rr", "0", "red"),
    ("moaas", "5", ""),
    ("moaas", "4", "yellow"),
    ("moaas", "3", "orange"),
    ("moaas", "2", "red"),
    ("moaas", "0", "red"),
    ("nausea", "2", ""),
    ("nausea", "3", "yellow"),
    ("nausea", "4", "yellow"),
    ("nausea", "5", "orange"),
    ("nausea", "10", "orange"),
    ("distress", "6", ""),
    ("distress", "7", "orange"),
    ("pulse", "150", "red"),
    ("pulse", "40", "orange"),
    ("map", "150", ""),
]


@pytest.mark.parametrize(("signal", "value", "level"), ONE_READING)
def test_one_reading(signal: str, value: str, level: str) -> None:
    found = told(baseline(135, 78), reading(1, **{signal: value}))
    assert [(one[1], one[2]) for one in found] == ([(level, Decimal(value))] if level else [])


RISES = [
    # baseline, measured, level told
    ((110, 60), ("sbp", "139.9"), ""),
    ((110, 60), ("sbp", "140"), "yellow"),
    ((110, 60), ("sbp", "149.9"), "yellow"),
    ((110, 60), ("sbp", "150"), "orange"),
    ((110, 60), ("dbp", "84.9"), ""),
    ((110, 60), ("dbp", "85"), "orange"),
    ((150, 90), ("sbp", "150"), ""),
]


@pytest.mark.parametrize(("before", "measured", "level"), RISES)
def test_rise_over_baseline(before: tuple[int, int], measured: tuple[str, str], level: str) -> None:
    found = told(baseline(*before), reading(1, **dict([measured])))
    assert [one[1] for one in found] == ([level] if level else [])


def test_without_a_baseline_no_rise_is_told() -> None:
    assert told(reading(1, sbp=159, dbp=94)) == []


TWO_READINGS = [
    # signal, first value, minutes between, second value, level told
    ("sbp", "180", 4, "180", "orange"),
    ("sbp", "180", 5, "180", "red"),
    ("sbp", "180", 6, "180", "red"),
    ("sbp", "179.9", 5, "180", "orange"),
    ("sbp", "180", 5, "179.9", "orange"),
    ("dbp", "110", 4, "110", "orange"),
    ("dbp", "110", 5, "110", "red"),
    ("dbp", "109.9", 5, "110", "orange"),
    ("hr", "121", 4, "121", "yellow"),
    ("hr", "121", 5, "121", "orange"),
    ("hr", "120", 5, "121", "yellow"),
    ("hr", "120.1", 5, "120", "yellow"),
]


@pytest.mark.parametrize(("signal", "first", "apart", "second", "level"), TWO_READINGS)
def test_twice_means_two_readings_five_minutes_apart(
    signal: str, first: str, apart: int, second: str, level: str
) -> None:
    found = told(baseline(), reading(1, **{signal: first}), reading(1 + apart, **{signal: second}))
    assert [one[1] for one in found] == [level]


def test_a_good_value_between_starts_the_five_minutes_again() -> None:
    assert told(baseline(), reading(0, sbp=180), reading(3, sbp=130), reading(6, sbp=180))[0][1] == "orange"


def test_the_worst_limit_is_the_one_named() -> None:
    state = state_of(baseline(110, 60), reading(1, sbp=201))
    assert [one.policy_key for one in state.watch.episodes] == ["session.sbp.red_from"]


def test_every_limit_is_a_policy_number_and_stands_worst_first() -> None:
    for rule in RULES.values():
        levels = [limit.level for limit in rule.limits]
        assert levels == sorted(levels, reverse=True), rule.id
        assert all(POLICY.number(limit.policy_key) > 0 for limit in rule.limits)


def test_every_rule_has_a_row_above() -> None:
    assert {rule.signal for rule in RULES.values()} <= {row[0] for row in ONE_READING}


@pytest.mark.parametrize("level", ["yellow", "orange", "red"])
def test_each_level_says_what_to_do(level: str) -> None:
    found = {limit.level.word: limit.level.act for rule in RULES.values() for limit in rule.limits}
    assert found[level].endswith(".")
