"""The emergency cards: whole, in one order, and without a drug's dose."""

import re

import pytest

from kapstone.care.session.cards import Card, cards

DOSE = re.compile(r"\d|\bmg\b|\bmcg\b|microgram|millilit", re.I)


def test_the_most_urgent_stands_first() -> None:
    assert next(iter(cards())) == "breathing"
    assert [one.place for one in cards().values()] == list(range(1, len(cards()) + 1))


@pytest.mark.mitigates("M-139")
@pytest.mark.parametrize("card", cards().values(), ids=list(cards()))
def test_no_card_holds_a_dose(card: Card) -> None:
    said = [card.name, card.when, *(step.words.replace("911", "") for step in card.steps)]
    assert [one for one in said if DOSE.search(one)] == []


@pytest.mark.parametrize("card", cards().values(), ids=list(cards()))
def test_each_card_begins_with_the_stop_and_names_its_steps_once(card: Card) -> None:
    keys = [step.key for step in card.steps]
    assert (keys[0], len(keys)) == ("stop", len(set(keys)))
    assert ("call_911" in keys) is card.calls_911
    assert "writer" in keys
