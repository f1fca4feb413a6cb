"""Adverse effects: the terms, what about one cannot be, and when everybody is asked."""

from dataclasses import replace

import pytest
from tests.spec.session.records import POLICY, moment

from kapstone.care.session.adverse import ASKED, TERMS, Effect, due_round, rounds, why_not

HEADACHE = Effect("headache", "1", moment(20), None, (), "possible", "none", "going_on")
GONE = replace(HEADACHE, ended=moment(40), outcome="gone")

CANNOT = [
    # what, the effect, what stands against it
    ("still there", HEADACHE, set()),
    ("gone", GONE, set()),
    ("began in a moment to come", replace(HEADACHE, began=moment(61)), {"effect.future"}),
    ("gone before it began", replace(GONE, ended=moment(19)), {"effect.ended"}),
    ("gone, and no end", replace(GONE, ended=None), {"effect.open"}),
    ("still there, and an end", replace(HEADACHE, ended=moment(40)), {"effect.open"}),
    ("getting better, no end", replace(HEADACHE, outcome="better"), set()),
    ("a seizure that is not serious", replace(HEADACHE, term="seizure"), {"effect.important"}),
    ("suicidal thoughts", replace(HEADACHE, term="suicidal_thoughts", serious=("important",)), set()),
    ("grade 5 and still there", replace(HEADACHE, grade="5", serious=("death",)), {"effect.death"}),
    ("death that is not grade 5", replace(HEADACHE, outcome="fatal", serious=("death",)), {"effect.death"}),
    ("death that is not serious", replace(HEADACHE, grade="5", outcome="fatal"), {"effect.death_serious"}),
    ("death", replace(HEADACHE, grade="5", outcome="fatal", serious=("death",)), set()),
]


@pytest.mark.mitigates("M-150")
@pytest.mark.parametrize(("what", "effect", "expected"), CANNOT, ids=[one[0] for one in CANNOT])
def test_what_about_an_effect_cannot_be(what: str, effect: Effect, expected: set[str]) -> None:
    assert {one.key for one in why_not(effect, moment(60))} == expected


def test_every_asked_effect_is_a_term_and_no_two_terms_say_the_same() -> None:
    assert set(ASKED) <= set(TERMS)
    assert len({one.words for one in TERMS.values()}) == len(TERMS)
    assert {one.code for one in TERMS.values() if one.important} >= {
        "suicidal_thoughts",
        "suicide_attempt",
        "seizure",
    }


DUE = [
    # minute, rounds asked, the round that is due
    (39, set(), None),
    (40, set(), 40),
    (119, {40}, None),
    (120, {40}, 120),
    (120, set(), 120),
    (500, {120}, None),
]


@pytest.mark.parametrize(("at", "asked", "expected"), DUE)
def test_when_everybody_is_asked(at: float, asked: set[int], expected: int | None) -> None:
    assert rounds(POLICY) == (40, 120)
    assert due_round(asked, moment(0), POLICY, moment(at)) == expected


def test_nobody_is_asked_before_a_dose() -> None:
    assert due_round(set(), None, POLICY, moment(500)) is None
