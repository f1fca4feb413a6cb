"""Three-valued logic held over every rule: a blank is never a no, and what is missing is what would decide."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.spec.evaluation.people import ABOUT_BLANKS, ITEMS, failed, someone

from kapstone.care.evaluation import Intake, Kind, Medicine, Rule, asks, rules
from kapstone.care.evaluation.logic import Known, and_, not_, or_
from kapstone.care.evaluation.missing import missing_fields
from kapstone.care.evidence import default_policy

POLICY = default_policy()
TERMS = st.lists(st.sampled_from((True, False, None)), max_size=5)


OPEN_MINDED = [rule for rule in rules() if rule.id not in ABOUT_BLANKS]


def worlds(term: Known) -> tuple[bool, ...]:
    """What a term may turn out to be."""
    return (True, False) if term is None else (term,)


def every_world(terms: list[Known]) -> list[list[bool]]:
    """Every way in which the unknown terms may turn out."""
    found: list[list[bool]] = [[]]
    for term in terms:
        found = [[*one, value] for one in found for value in worlds(term)]
    return found


@given(TERMS)
def test_and_or_and_not_say_what_all_worlds_agree_on(terms: list[Known]) -> None:
    for logic, plainly in ((and_, all), (or_, any)):
        results = {plainly(world) for world in every_world(terms)}
        assert logic(*terms) == (results.pop() if len(results) == 1 else None)
    for term in terms:
        results = {not one for one in worlds(term)}
        assert not_(term) == (results.pop() if len(results) == 1 else None)


def answers(name: str) -> st.SearchStrategy[Any]:
    """Some answers to one question, on both sides of whatever a rule looks at."""
    ask = asks()[name]
    today = someone().evaluated_on
    assert today is not None
    if ask.kind == Kind.YES_NO:
        return st.booleans()
    if ask.kind == Kind.CHOICE:
        return st.sampled_from(ask.options)
    if ask.kind == Kind.NUMBER:
        return st.integers(ask.low, ask.high).map(Decimal)
    if ask.kind == Kind.DAY:
        if name == "birth_date":
            return st.sampled_from((16, 19, 30, 66)).map(lambda years: today - timedelta(days=years * 366))
        return (
            st.just(today)
            if name == "evaluated_on"
            else st.sampled_from((0, 1, 8, 40, 400)).map(lambda days: today - timedelta(days=days))
        )
    if ask.kind == Kind.POINTS:
        return st.fixed_dictionaries(dict.fromkeys(ITEMS, st.integers(0, 3)))
    if ask.kind == Kind.TRIALS:
        weeks = st.sampled_from((2, 8))
        trial = st.builds(lambda drug, weeks: failed(drug=drug, weeks=weeks), st.sampled_from("abc"), weeks)
        return st.lists(trial, max_size=3).map(tuple)
    if ask.kind == Kind.PRESSURES:
        return st.lists(st.sampled_from(((118, 76), (150, 95), (190, 120))), min_size=3, max_size=3).map(tuple)
    names = ("lorazepam", "sertraline", "phenelzine", "tramadol", "semaglutide", "foobarol")
    medicine = st.builds(
        lambda name, mg: Medicine(name=name, daily_mg=Decimal(mg)), st.sampled_from(names), st.integers(0, 400)
    )
    return st.lists(medicine, max_size=3).map(tuple)


@st.composite
def partly_answered(draw: st.DrawFn, rule: Rule) -> tuple[Intake, Intake]:
    """An intake with some of a rule's questions unanswered, and one of the ways in which they may be answered."""
    whole: dict[str, Any] = {name: draw(answers(name)) for name in rule.needs}
    blank = draw(st.sets(st.sampled_from(rule.needs)))
    left_out = {name: {} if asks()[name].kind == Kind.POINTS else None for name in blank}
    return someone(**(whole | left_out)), someone(**whole)


@pytest.mark.parametrize("rule", OPEN_MINDED, ids=lambda rule: rule.id)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_an_answer_never_turns_what_was_known(rule: Rule, data: st.DataObject) -> None:
    partly, whole = data.draw(partly_answered(rule))
    known = rule.condition(partly, POLICY)
    if known is not None:
        assert rule.condition(whole, POLICY) == known
    assert rule.condition(whole, POLICY) is not None, "with everything answered a rule knows"


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_is_missing_is_unanswered_and_would_decide(rule: Rule, data: st.DataObject) -> None:
    partly, whole = data.draw(partly_answered(rule))
    if rule.condition(partly, POLICY) is not None:
        return
    missing = missing_fields(rule, partly, POLICY)
    assert missing, "a rule that does not know says what to ask"
    for name in missing:
        assert getattr(partly, name) in (None, {}), f"{name} was answered"
    filled = replace(partly, **{name: getattr(whole, name) for name in missing})
    left = rule.condition(filled, POLICY)
    if left is None:
        assert missing_fields(rule, filled, POLICY), "and goes on to say what else"


@pytest.mark.parametrize("rule", OPEN_MINDED, ids=lambda rule: rule.id)
def test_nobody_has_answered_anything(rule: Rule) -> None:
    empty = Intake()
    known = rule.condition(empty, POLICY)
    assert known is not False, "a blank is never a no"
    if known is None:
        assert missing_fields(rule, empty, POLICY)


def test_a_blank_about_suicide_is_told_by_one_rule() -> None:
    told = {rule.id for rule in rules() if rule.id in ABOUT_BLANKS and rule.condition(Intake(), POLICY)}
    assert told == {"E67B"}
