"""What an answer to a safety question calls for."""

import pytest

from kapstone.care.evaluation import Urgency, instrument, instruments, worry
from kapstone.care.evidence import default_policy

NOW, TODAY, NOTHING = Urgency.NOW, Urgency.TODAY, None


@pytest.mark.parametrize(
    ("questionnaire", "item", "points", "before", "expected"),
    [
        ("phq-9", "/44260-8", 0, False, NOTHING),
        ("phq-9", "/44260-8", 1, False, TODAY),
        ("phq-9", "/44260-8", 2, False, NOW),
        ("phq-9", "/44260-8", 3, True, NOW),
        ("phq-9", "/44260-8", None, False, TODAY),
        ("asq", "asq.1", 0, False, NOTHING),
        ("asq", "asq.1", 1, False, TODAY),
        ("asq", "asq.2", 1, True, TODAY),
        ("asq", "asq.3", 1, False, TODAY),
        ("asq", "asq.3", None, False, TODAY),
        ("asq", "asq.4", 1, False, TODAY),
        ("asq", "asq.4", 1, True, NOTHING),
        ("asq", "asq.5", 0, False, NOTHING),
        ("asq", "asq.5", 1, False, NOW),
        ("asq", "asq.5", 1, True, NOW),
        ("asq", "asq.5", None, False, TODAY),
    ],
)
def test_how_soon_somebody_must_look(
    questionnaire: str, item: str, points: int | None, before: bool, expected: Urgency | None
) -> None:
    found = worry(instrument(questionnaire), item, points, default_policy(), known_before=before)
    assert (found.urgency if found else None) == expected


def test_the_sentence_holds_question_and_answer() -> None:
    found = worry(instrument("asq"), "asq.5", 1, default_policy())
    assert found is not None
    assert found.sentence == (
        "ASQ, question 5 was answered “Yes”: Are you having thoughts of killing yourself right now?"
    )
    blank = worry(instrument("phq-9"), "/44260-8", None, default_policy())
    assert blank is not None
    assert blank.sentence == "PHQ-9, question 9 was left out: thoughts of death were not asked."


def test_every_safety_item_that_ships_calls_for_somebody() -> None:
    asked = [(used, link_id) for used in instruments().values() for link_id in used.safety_items]
    assert {used.id for used, _ in asked} == {"phq-9", "asq"}
    for used, link_id in asked:
        for points in (None, *(option.value for option in used.options if option.value)):
            assert worry(used, link_id, points, default_policy()) is not None


def test_an_item_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        worry(instrument("asq"), "asq.9", 1, default_policy())
