"""No course without a decision that offers it and the patient's own consent to the text of today."""

import pytest

from kapstone.care.evaluation import Candidacy, Intake, evaluate
from kapstone.care.evidence import default_policy
from kapstone.care.plan.consent import Drug
from kapstone.care.quantities import Instant, minutes
from kapstone.clinic.evaluation import actions as evaluation
from kapstone.clinic.evaluation.queries import evaluated, possible_formats
from kapstone.clinic.ground.people.doing import NotThere, Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed
from kapstone.clinic.plan import actions as plan
from kapstone.clinic.plan.consent.actions import state_cost
from kapstone.clinic.plan.models import Consent
from kapstone.rehearsal.consenting import agree
from tests import cast
from tests.cast import MONDAY, House
from tests.safety.test_doses import course


@pytest.mark.mitigates("M-012")
def test_no_course_without_a_decision_and_consent(elm: House) -> None:
    story = cast._admitted(elm, "ana")
    doctor, me = elm.act(Role.PRESCRIBER, MONDAY), elm.as_patient(story.patient, MONDAY)
    new = course(elm, "iv", "35")
    with pytest.raises(Refused, match="No prescriber has offered"):
        plan.plan_course(doctor, story.patient.id, new)
    evaluation.answer(me, "phq-9", cast.phq_9(3, 3, 2, 2, 2, 2, 2, 1, 0), "intake")
    evaluation.answer_history(me, cast.healthy())
    evaluation.complete_history(doctor, story.patient.id, cast.found_by_clinician())
    words = {"reason": "Two trials failed.", "for_patient": "We can offer you this treatment."}
    evaluation.decide(doctor, story.patient.id, outcome="offer", **words)
    with pytest.raises(Refused, match="has not signed the consent"):
        plan.plan_course(doctor, story.patient.id, new)
    agree(me, Drug.RACEMIC, story.patient.name)
    with pytest.raises(Refused, match="does not offer this format"):
        plan.plan_course(doctor, story.patient.id, course(elm, "in-racemic", "50"))
    assert plan.plan_course(doctor, story.patient.id, new).format == "iv"


@pytest.mark.mitigates("M-012")
def test_consent_to_an_older_text_does_not_count(elm: House) -> None:
    story = cast.evaluated(elm, "ana")
    state_cost(elm.act(Role.CLINIC_LEAD, MONDAY), "One dose costs 500 dollars.")
    with pytest.raises(Refused, match="has not signed the consent"):
        plan.plan_course(elm.act(Role.PRESCRIBER, MONDAY), story.patient.id, course(elm, "iv", "35"))


@pytest.mark.mitigates("M-013")
def test_only_the_patient_signs_and_by_name(elm: House) -> None:
    story = cast._admitted(elm, "ana")
    with pytest.raises(Refused, match="nothing to consent to"):
        agree(elm.as_patient(story.patient, MONDAY), Drug.RACEMIC, story.patient.name)
    ben = cast.evaluated(elm, "ben")
    for role in (Role.PRESCRIBER, Role.NURSE, Role.FRONT_DESK):
        with pytest.raises((NotAllowed, NotThere)):
            agree(elm.act(role, MONDAY), Drug.RACEMIC, ben.patient.name)
    state_cost(elm.act(Role.CLINIC_LEAD, MONDAY), "One dose costs 500 dollars.")
    with pytest.raises(Refused, match="Type your name as we have it"):
        agree(elm.as_patient(ben.patient, MONDAY), Drug.RACEMIC, "Somebody Else")
    assert {one.patient_id for one in Consent.objects.all()} == {ben.patient.id}


@pytest.mark.mitigates("M-016")
def test_a_format_that_is_not_clear_is_not_offered(elm: House) -> None:
    """What is held for one history is not offered; with nothing known, nothing is."""
    story = cast.evaluated(elm, "ana")
    doctor = elm.act(Role.PRESCRIBER, Instant(MONDAY + minutes(1)))
    evaluation.complete_history(doctor, story.patient.id, {**cast.found_by_clinician(), "psychosis_current": True})
    now = evaluated(doctor, story.patient)
    closed = [name for name, each in now.verdict.per_format.items() if each.candidacy > Candidacy.REVIEW]
    assert closed
    assert set(possible_formats(now.verdict)) == set(now.verdict.per_format) - set(closed)
    assert possible_formats(evaluate(Intake(), default_policy())) == []
    doctor = doctor.later(Instant(MONDAY + minutes(2)))
    evaluation.complete_history(doctor, story.patient.id, {**cast.found_by_clinician(), "pregnant": True})
    words = {"reason": "Tries it all the same.", "for_patient": "We can offer you this treatment."}
    with pytest.raises(Refused, match="No format is open"):
        evaluation.decide(doctor, story.patient.id, outcome="offer", **words)


@pytest.mark.mitigates("M-074")
def test_the_rules_of_the_start_run_again(elm: House) -> None:
    story = cast.evaluated(elm, "ana")
    doctor = elm.act(Role.PRESCRIBER, MONDAY)
    unknown = {
        **cast.found_by_clinician(),
        "capacity_documented": None,
        "could_become_pregnant": True,
        "pregnant": False,
    }
    evaluation.complete_history(doctor, story.patient.id, unknown)
    with pytest.raises(Refused, match="A course cannot start yet") as no:
        plan.plan_course(doctor, story.patient.id, course(elm, "iv", "35"))
    assert "capacity" in str(no.value)
    assert "pregnan" in str(no.value)
    known = unknown | {"capacity_documented": True, "last_pregnancy_test": "2026-11-01"}
    evaluation.complete_history(doctor, story.patient.id, known)
    assert plan.plan_course(doctor, story.patient.id, course(elm, "iv", "35")).doses
