"""Response, remission, reliable change and recovery, each against numbers worked out by hand."""

import csv
import math
import statistics
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapstone.care.outcomes import (
    MEASURES,
    Functional,
    Row,
    cut_off,
    measure,
    outcome_table,
    reliable_change_points,
    responded,
)

TRIAL = Path(__file__).parents[4] / "shared" / "data" / "antidepressant_trial_hamd17.csv"
PHQ9, WHO5 = measure("phq-9"), measure("who-5")


def row(name: str, pre: int | None, post: int | None, group: str | None = None) -> Row:
    scores = (None if each is None else Decimal(each) for each in (pre, post))
    return Row(name, *scores, group)


@pytest.mark.parametrize(
    ("pre", "post", "result"), [(20, 10, True), (20, 11, False), (21, 10, True), (21, 11, False), (0, 0, False)]
)
def test_response_is_a_fall_by_half(pre: int, post: int, result: bool) -> None:
    assert responded(PHQ9, Decimal(pre), Decimal(post)) is result


@pytest.mark.parametrize(
    ("id", "inside", "outside"),
    [("phq-9", 4, 5), ("gad-7", 4, 5), ("ham-d17", 7, 8), ("madrs", 10, 11), ("qids-sr16", 5, 6)],
)
def test_remission_lines(id: str, inside: int, outside: int) -> None:
    assert measure(id).remitted(Decimal(inside)) is True
    assert measure(id).remitted(Decimal(outside)) is False


@pytest.mark.mitigates("M-073")
@pytest.mark.parametrize("id", ["bdi-ii", "who-5", "pcl-5"])
def test_a_line_that_is_not_known_is_said_and_not_invented(id: str) -> None:
    assert measure(id).remitted(Decimal(0)) is None
    assert measure(id).unknown
    line = outcome_table([row("a", 30, 10)], measure(id)).overall.document()
    assert line["remission"] is None


def test_reliable_change_and_recovery() -> None:
    rows = [row("a", 20, 4), row("b", 22, 21), row("c", 18, 24), row("d", 16, None), row("e", None, 3)]
    table = outcome_table(rows, PHQ9, 0.84, Functional(4, 3), Decimal(5))
    # The baselines 20, 22 and 18 have a mean of 20 and a standard deviation of 2.
    assert table.lines.reliable_points == pytest.approx(1.96 * 2 * math.sqrt(2 * 0.16))
    assert table.lines.cut_off == pytest.approx((3 * 20 + 2 * 4) / 5)
    line = table.overall.document()
    assert (line["n_treated"], line["n"], line["mean_change"]) == (5, 3, pytest.approx(-11 / 3))
    assert line["reliable"] == {"improved": 1, "unchanged": 1, "deteriorated": 1}
    assert line["mid"] == {"improved": 1, "unchanged": 1, "deteriorated": 1}
    assert line["counts"] == {"response": 1, "remission": 1, "recovered": 1}
    assert line["response"] == pytest.approx(1 / 3)


def test_a_change_just_at_the_limit_is_not_reliable_and_a_score_at_the_cut_off_not_recovered() -> None:
    # With no error at all the limit is 0 points, so that any change counts and none does not.
    table = outcome_table([row("a", 20, 20), row("b", 10, 9)], PHQ9, 1.0, Functional(5, 0))
    assert table.overall.reliable == {"improved": 1, "unchanged": 1, "deteriorated": 0}
    assert table.lines.cut_off == 5
    at = outcome_table([row("a", 20, 5), row("b", 10, 4)], PHQ9, 1.0, Functional(5, 0))
    assert at.overall.recoveries == 1


def test_where_higher_is_better() -> None:
    table = outcome_table([row("a", 20, 60), row("b", 40, 20)], WHO5, 0.9, None, Decimal(10))
    assert table.overall.important == {"improved": 1, "unchanged": 0, "deteriorated": 1}
    assert table.overall.mean_change == 10
    assert table.overall.responses is None


@pytest.mark.mitigates("M-073")
def test_nobody_analysed_is_null_and_not_zero() -> None:
    line = outcome_table([row("a", 20, None, "x")], PHQ9, 0.8).document()
    assert line["n_total"] == 1
    overall = line["overall"]
    assert isinstance(overall, dict)
    assert {overall[key] for key in ("response", "remission", "mean_change", "recovered")} == {None}


def test_one_baseline_has_no_spread() -> None:
    assert reliable_change_points([Decimal(9)], 0.8) is None
    assert cut_off([Decimal(9)], Functional(3, 1)) is None
    assert cut_off([Decimal(9), Decimal(9)], Functional(3, 0)) is None
    with pytest.raises(ValueError, match="from 0 to 1"):
        reliable_change_points([Decimal(1), Decimal(2)], 1.1)


SCORES = st.one_of(st.none(), st.integers(0, 27))


@given(st.lists(st.tuples(SCORES, SCORES, st.sampled_from("abc"))))
def test_groups_add_up_to_the_whole(scores: list[tuple[int | None, int | None, str]]) -> None:
    rows = [row(str(number), *each) for number, each in enumerate(scores)]
    table = outcome_table(rows, PHQ9, 0.8, Functional(4, 3), Decimal(5))
    parts = table.groups.values()
    assert sum(each.n_treated for each in parts) == table.overall.n_treated == len(rows)
    assert sum(each.n for each in parts) == table.overall.n
    assert sum(each.responses or 0 for each in parts) == (table.overall.responses or 0)
    assert sum(each.recoveries or 0 for each in parts) == (table.overall.recoveries or 0)


@given(st.lists(st.tuples(st.integers(0, 27), st.integers(0, 27)), min_size=2))
def test_every_analysed_patient_is_in_one_class(scores: list[tuple[int, int]]) -> None:
    table = outcome_table([row(str(i), *each) for i, each in enumerate(scores)], PHQ9, 0.8)
    assert table.overall.reliable is not None
    assert sum(table.overall.reliable.values()) == len(scores)


def test_every_measure_has_its_line_or_a_sentence() -> None:
    assert all((each.remission is None) == bool(each.unknown) for each in MEASURES.values())


def test_a_real_trial_gives_what_plain_arithmetic_gives() -> None:
    if not TRIAL.exists():
        pytest.skip("the public trial data is not beside the project")
    scores: dict[str, dict[str, int]] = {}
    with TRIAL.open(newline="") as file:
        for line in csv.DictReader(file):
            scores.setdefault(line["patient"], {})[line["visit"]] = int(line["hamd17"])
    pairs = [(each["0"], each["7"]) for each in scores.values() if "0" in each and "7" in each]
    limit = 1.96 * statistics.stdev(pre for pre, _ in pairs) * math.sqrt(2 * (1 - 0.8))
    rows = [row(name, each.get("0"), each.get("7")) for name, each in scores.items()]
    overall = outcome_table(rows, measure("ham-d17"), 0.8).overall
    assert (overall.n_treated, overall.n) == (172, 129)
    assert overall.responses == sum(2 * post <= pre for pre, post in pairs) == 49
    assert overall.remissions == sum(post <= 7 for _, post in pairs) == 38
    assert overall.mean_change == pytest.approx(sum(post - pre for pre, post in pairs) / len(pairs))
    assert overall.reliable is not None
    assert overall.reliable["improved"] == sum(pre - post > limit for pre, post in pairs) == 63
