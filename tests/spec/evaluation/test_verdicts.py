"""What holds of every verdict, whoever it is about."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.spec.evaluation.people import ABOUT_BLANKS, ITEMS, NO, YES, failed, someone

from kapstone.care.evaluation import BadIntake, Candidacy, Intake, evaluate, read_intake, rules, write_intake
from kapstone.care.evaluation.logic import and_, not_, or_
from kapstone.care.evaluation.verdict import worst_first
from kapstone.care.evidence import default_policy

POLICY = default_policy()
KNOWN = st.sampled_from([True, False, None])
SWITCHES = tuple(NO + YES)


@st.composite
def intakes(draw: st.DrawFn) -> Intake:
    changes: dict[str, Any] = {name: draw(KNOWN) for name in SWITCHES}
    changes["diagnosis"] = draw(st.sampled_from(["mdd", "bipolar", "other", None]))
    changes["phq9"] = {link_id: draw(st.sampled_from([0, 1, 3, None])) for link_id in ITEMS}
    trial = st.builds(failed, weeks=st.sampled_from([None, 5, 6]), adequate_dose=KNOWN)
    changes["trials"] = draw(st.one_of(st.none(), st.lists(trial, max_size=3).map(tuple)))
    return someone(**changes)


@given(intakes(), st.sampled_from(SWITCHES), st.booleans())
def test_an_answer_moves_only_rules_that_read_it(intake: Intake, name: str, answer: bool) -> None:
    before = evaluate(intake, POLICY)
    after = evaluate(replace(intake, **{name: answer}), POLICY)
    reading = {rule.id for rule in rules() if name in rule.needs}
    assert [f for f in before.findings if f.rule not in reading] == [
        f for f in after.findings if f.rule not in reading
    ]


@given(intakes(), st.sampled_from(SWITCHES), st.booleans())
def test_an_answer_never_changes_what_was_already_decided(intake: Intake, name: str, answer: bool) -> None:
    if getattr(intake, name) is not None:
        return
    decided = [f for f in evaluate(intake, POLICY).findings if not f.missing and f.rule not in ABOUT_BLANKS]
    after = {f.rule: f for f in evaluate(replace(intake, **{name: answer}), POLICY).findings}
    assert all(after[f.rule].severity == f.severity and not after[f.rule].missing for f in decided)


@given(intakes())
def test_the_verdict_is_that_of_its_worst_finding(intake: Intake) -> None:
    verdict = evaluate(intake, POLICY)
    counted = [f.severity for f in verdict.findings if f.phase == "candidacy"]
    assert verdict.candidacy == Candidacy(max(counted, default=0))
    assert verdict.candidacy == max(one.candidacy for one in verdict.per_format.values())
    assert verdict.urgency == max((f.urgency for f in verdict.findings), default=0)


@given(intakes(), st.randoms(use_true_random=False))
def test_findings_are_worst_first_in_whatever_order_they_came(intake: Intake, random: Any) -> None:
    findings = evaluate(intake, POLICY).findings
    shuffled = list(findings)
    random.shuffle(shuffled)
    assert worst_first(shuffled) == findings
    ranks = [(f.urgency, f.severity) for f in findings]
    assert ranks == sorted(ranks, reverse=True)


@given(intakes())
def test_what_is_missing_is_unanswered_and_read_by_the_rule(intake: Intake) -> None:
    needs = {rule.id: rule.needs for rule in rules()}
    for finding in evaluate(intake, POLICY).findings:
        for name in finding.missing:
            value = getattr(intake, name)
            assert name in needs[finding.rule]
            assert value is None or name in {"phq9", "trials"}


@given(intakes())
def test_an_intake_comes_back_from_its_document(intake: Intake) -> None:
    assert read_intake(write_intake(intake)) == intake


@pytest.mark.mitigates("M-014")
def test_an_intake_without_answers_is_held_and_refused_nothing() -> None:
    verdict = evaluate(Intake(), POLICY)
    assert (verdict.candidacy.word, verdict.urgency.word) == ("hold", "today")
    assert all(f.missing or f.rule == "E67B" for f in verdict.findings)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[]", "not one JSON object"),
        ("{", "cannot be read"),
        ('{"pregnant": NaN}', "NaN"),
        ('{"pregnant": true, "pregnant": false}', "stands twice"),
        ('{"shoe_size": 43}', "“shoe_size” is not a field"),
        ('{"pregnant": "no"}', "pregnant is 'no'; give true, false"),
        ('{"pregnant": 0}', "pregnant is 0"),
        ('{"birth_date": "4 May"}', "birth_date is '4 May'; give a day"),
        ('{"birth_date": "2026-13-01"}', "birth_date"),
        ('{"birth_date": "2026-03-03", "evaluated_on": "2026-03-02"}', "after evaluated_on"),
        ('{"diagnosis": "sad"}', "give mdd, bipolar, other"),
        ('{"phq9": {"/44250-9": 4}}', "phq9 item /44250-9 is 4; give 0 to 3"),
        ('{"phq9": {"/1": 0}}', "phq9 holds “/1”"),
        ('{"trials": {}}', "trials is not a list"),
        ('{"trials": [{"weeks": 6}]}', "trials, entry 1 has no drug"),
        ('{"trials": [{"drug": "x", "weeks": 6.5}]}', "entry 1: weeks is 6.5"),
        ('{"trials": [{"drug": "x", "response_percent": 101}]}', "from -1000 to 100"),
        ('{"trials": [{"drug": "x", "dose": 1}]}', "holds “dose”"),
        ("[" * 100000, "cannot be read"),
    ],
)
def test_a_bad_intake_is_refused_by_name(text: str, says: str) -> None:
    with pytest.raises(BadIntake) as problem:
        read_intake(text)
    assert says in str(problem.value)


TABLE = [True, False, None]


@pytest.mark.mitigates("M-014")
def test_three_valued_logic() -> None:
    assert [and_(a, b) for a in TABLE for b in TABLE] == [
        True,
        False,
        None,
        False,
        False,
        False,
        None,
        False,
        None,
    ]
    assert [or_(a, b) for a in TABLE for b in TABLE] == [True, True, True, True, False, None, True, None, None]
    assert [not_(a) for a in TABLE] == [False, True, None]


def test_every_switch_of_the_intake_is_read_by_some_rule() -> None:
    read = {name for rule in rules() for name in rule.needs}
    assert {each.name for each in fields(Intake)} == read
