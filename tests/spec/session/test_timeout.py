"""The time-out before a dose: each question no or unanswered, each number missing, old or too high, stops it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.spec.session.records import POLICY, moment

from kapstone.care.plan import FORMATS
from kapstone.care.session import Timeout, blocks, questions
from kapstone.care.session.timeout import QUESTIONS as QUESTIONS_ASKED

NOW = moment(60)
RACEMIC = [key for key, format_ in FORMATS.items() if format_.racemic]
EVERY = [ask.key for ask in QUESTIONS_ASKED]
GOOD = Timeout(dict.fromkeys(EVERY, True), Decimal("71.5"), Decimal(124), Decimal(78), moment(45))


def stopped_by(timeout: Timeout, format_id: str = "iv") -> list[tuple[str, str]]:
    """What stops the start and who clears it."""
    return [(one.key, one.clears) for one in blocks(timeout, FORMATS[format_id], POLICY, NOW)]


@pytest.mark.parametrize("format_id", list(FORMATS))
def test_everything_answered_and_fresh_lets_the_dose_begin(format_id: str) -> None:
    assert stopped_by(GOOD, format_id) == []


QUESTIONS = [
    # question, who clears a no
    ("identity", "nurse"),
    ("wants", "patient"),
    ("allergies", "nurse"),
    ("medicines", "prescriber"),
    ("ideation", "prescriber"),
    ("pregnancy", "prescriber"),
    ("fasting", "prescriber"),
    ("way_home", "nurse"),
    ("equipment", "nurse"),
    ("drug", "nurse"),
    ("pump", "nurse"),
    ("rems", "prescriber"),
]


@pytest.mark.mitigates("M-015")
@pytest.mark.parametrize(("question", "clears"), QUESTIONS)
@pytest.mark.parametrize(("answer", "said"), [(False, "no"), (None, "not answered")])
def test_each_question_not_answered_yes_stops(question: str, clears: str, answer: bool | None, said: str) -> None:
    timeout = replace(GOOD, answers={**GOOD.answers, question: answer})
    (found,) = blocks(timeout, FORMATS["iv" if question == "pump" else "in-esketamine"], POLICY, NOW)
    assert (found.key, found.clears) == (question, clears)
    assert str(found.reason).endswith(f": {said}.")


def test_the_table_above_is_whole() -> None:
    assert [row[0] for row in QUESTIONS] == EVERY


@pytest.mark.parametrize("format_id", list(FORMATS))
def test_each_format_asks_what_belongs_to_it(format_id: str) -> None:
    asked = {ask.key for ask in questions(FORMATS[format_id])}
    assert set(EVERY) - asked == {"rems", "pump"} - {"iv": {"pump"}, "in-esketamine": {"rems"}}.get(format_id, set())


@pytest.mark.mitigates("M-015")
def test_a_question_that_nobody_asked_stops() -> None:
    assert {key for key, _ in stopped_by(replace(GOOD, answers={}))} == set(EVERY) - {"rems"}


@pytest.mark.parametrize("format_id", RACEMIC)
def test_the_rems_is_asked_for_esketamine_only(format_id: str) -> None:
    assert "rems" not in {ask.key for ask in questions(FORMATS[format_id])}
    assert "rems" in {ask.key for ask in questions(FORMATS["in-esketamine"])}


PRESSURE_AGES = [
    # minutes old, stops, sentence holds
    (0, False, ""),
    (29.9, False, ""),
    (30, False, ""),
    (30.1, True, "31 minutes old; at most 30"),
    (240, True, "240 minutes old"),
]


@pytest.mark.mitigates("M-017")
@pytest.mark.parametrize(("age", "stops", "words"), PRESSURE_AGES)
def test_the_pressure_is_thirty_minutes_old_at_most(age: float, stops: bool, words: str) -> None:
    found = blocks(replace(GOOD, pressure_at=moment(60 - age)), FORMATS["iv"], POLICY, NOW)
    assert bool(found) is stops
    assert words in " ".join(str(one.reason) for one in found)


HIGH = [
    # sbp, dbp, stops racemic, stops esketamine
    ("139", "89", False, False),
    ("140", "90", False, False),
    ("140.1", "80", False, True),
    ("120", "90.1", False, True),
    ("159.9", "99.9", False, True),
    ("160", "80", True, True),
    ("120", "100", True, True),
]


@pytest.mark.mitigates("M-019")
@pytest.mark.parametrize(("sbp", "dbp", "racemic", "esketamine"), HIGH)
@pytest.mark.parametrize("format_id", list(FORMATS))
def test_high_pressure_before_a_dose(sbp: str, dbp: str, racemic: bool, esketamine: bool, format_id: str) -> None:
    stops = racemic if FORMATS[format_id].racemic else esketamine
    timeout = replace(GOOD, sbp=Decimal(sbp), dbp=Decimal(dbp))
    assert stopped_by(timeout, format_id) == ([("pressure", "prescriber")] if stops else [])


CANNOT_BE_TRUE = [
    # sbp, dbp
    ("78", "124"),
    ("120", "120"),
    ("0", "0"),
    ("59.9", "40"),
    ("120", "29.9"),
]


@pytest.mark.mitigates("M-018")
@pytest.mark.parametrize(("sbp", "dbp"), CANNOT_BE_TRUE)
def test_a_pressure_that_cannot_be_true_is_measured_again(sbp: str, dbp: str) -> None:
    assert ("pressure", "nurse") in stopped_by(replace(GOOD, sbp=Decimal(sbp), dbp=Decimal(dbp)))


@pytest.mark.mitigates("M-018")
@pytest.mark.parametrize("missing", ["sbp", "dbp", "pressure_at"])
def test_a_pressure_without_all_of_it_is_not_measured(missing: str) -> None:
    timeout: Timeout = replace(GOOD, **{missing: None})  # type: ignore[arg-type]
    assert stopped_by(timeout) == [("pressure", "nurse")]


@pytest.mark.parametrize("weight", [None, Decimal(0), Decimal(-70)])
def test_without_todays_weight_nothing_starts(weight: Decimal | None) -> None:
    assert stopped_by(replace(GOOD, weight_kg=weight)) == [("weight", "nurse")]


def test_every_block_is_kept_and_not_only_the_first() -> None:
    everything = Timeout({}, None, Decimal(200), Decimal(120), moment(0))
    assert len(stopped_by(everything, "in-esketamine")) == len(EVERY) - 1 + 3
