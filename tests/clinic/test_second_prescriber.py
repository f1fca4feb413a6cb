"""STOP has no override; a BLOCK takes a typed reason and a second prescriber; a decision carries doses for a time."""

from datetime import date, timedelta

import pytest
from tests import cast
from tests.cast import MONDAY, House, Story
from tests.safety.test_doses import course

from kapstone.care.quantities import Instant, minutes
from kapstone.clinic.evaluation import actions as evaluation
from kapstone.clinic.evaluation.models import Countersign, Decision
from kapstone.clinic.evaluation.queries import due_again, latest_decision, waiting_for_second
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere, Refused
from kapstone.clinic.ground.people.models import Membership, User
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed
from kapstone.clinic.plan import actions as plan
from kapstone.clinic.plan.ordering.queries import why_not

WORDS = {"reason": "The benefit outweighs it.", "for_patient": "We can offer you this treatment."}
WHY = "Aneurysm clipped in 2019, cleared by the vascular surgeon in writing."


def later(elm: House, after: int, role: Role = Role.PRESCRIBER) -> Act:
    """Somebody of this role, some minutes later."""
    return elm.act(role, Instant(MONDAY + minutes(after)))


def colleague(elm: House, after: int) -> Act:
    """A second prescriber."""
    user, _ = User.objects.get_or_create(
        email="second@elm.example", defaults={"id": cast.uuid7(MONDAY), "name": "Dr. Second"}
    )
    Membership.objects.get_or_create(clinic=elm.clinic, user=user, role=Role.PRESCRIBER, defaults={"since": MONDAY})
    return Act(
        user, elm.clinic, frozenset({Role.PRESCRIBER}), Instant(MONDAY + minutes(after)), "-", cast.uuid7(MONDAY)
    )


@pytest.fixture
def oak(db: None) -> House:
    """Another clinic on the same server."""
    return cast._house("Oak Clinic", "oak", MONDAY)


@pytest.fixture
def blocked(elm: House) -> Story:
    """Somebody with a known aneurysm, which blocks every format."""
    story = cast.evaluated(elm, "ana")
    evaluation.complete_history(later(elm, 1), story.patient.id, {"aneurysm_or_avm": True})
    return story


def overridden(elm: House, story: Story, after: int = 2) -> Decision:
    """The decision that sets the block aside."""
    return evaluation.decide(
        later(elm, after), story.patient.id, outcome="offer", formats=["iv"], override_reason=WHY, **WORDS
    )


def test_a_block_takes_a_typed_reason(elm: House, blocked: Story) -> None:
    with pytest.raises(Refused, match="No format is open"):
        evaluation.decide(later(elm, 2), blocked.patient.id, outcome="offer", **WORDS)
    with pytest.raises(Refused, match="why you set the block aside"):
        evaluation.decide(later(elm, 2), blocked.patient.id, outcome="offer", formats=["iv"], **WORDS)
    decision = overridden(elm, blocked)
    assert (decision.formats, decision.overrides, decision.candidacy) == (["iv"], ["E07"], "block")


def test_it_is_in_force_when_a_second_prescriber_agrees(elm: House, blocked: Story) -> None:
    second = colleague(elm, 3)
    decision = overridden(elm, blocked)
    found = latest_decision(later(elm, 3), blocked.patient)
    assert found is not None
    assert (found.offered, found.waiting, found.override_reason) == (False, True, WHY)
    assert waiting_for_second(later(elm, 3)) == [decision]
    with pytest.raises(Refused, match="No prescriber has offered"):
        plan.plan_course(later(elm, 3), blocked.patient.id, course(elm, "iv", "35"))
    evaluation.countersign(
        second, blocked.patient.id, decision.id, agrees=True, reason="I read the surgeon's letter."
    )
    found = latest_decision(later(elm, 4), blocked.patient)
    assert found is not None
    assert found.offered
    assert waiting_for_second(later(elm, 4)) == []
    assert plan.plan_course(later(elm, 5), blocked.patient.id, course(elm, "iv", "35")).format == "iv"


def test_a_second_prescriber_may_say_no(elm: House, blocked: Story) -> None:
    second, decision = colleague(elm, 3), overridden(elm, blocked)
    evaluation.countersign(second, blocked.patient.id, decision.id, agrees=False, reason="Not without a new scan.")
    found = latest_decision(later(elm, 4), blocked.patient)
    assert found is not None
    assert not found.offered
    with pytest.raises(Refused, match="answered this already"):
        evaluation.countersign(
            second, blocked.patient.id, decision.id, agrees=True, reason="On second thoughts, yes."
        )


def test_nobody_answers_their_own_and_a_nurse_answers_none(elm: House, blocked: Story) -> None:
    colleague(elm, 3)
    decision = overridden(elm, blocked)
    yes = {"agrees": True, "reason": "I agree with myself."}
    with pytest.raises(Refused, match="decided this yourself"):
        evaluation.countersign(later(elm, 3), blocked.patient.id, decision.id, **yes)
    for role in (Role.NURSE, Role.THERAPIST, Role.MEDICAL_DIRECTOR):
        with pytest.raises(NotAllowed):
            evaluation.countersign(later(elm, 3, role), blocked.patient.id, decision.id, **yes)
    with pytest.raises(Refused, match="answers in person"):
        evaluation.countersign(colleague(elm, 3), blocked.patient.id, decision.id, consultant="Dr. Far", **yes)
    assert not Countersign.objects.exists()


def test_a_prescriber_alone_names_an_outside_consultant_and_the_day(elm: House, blocked: Story) -> None:
    decision = overridden(elm, blocked)
    yes = {"agrees": True, "reason": "Doctor Far read the scans with me."}
    with pytest.raises(Refused, match="name the outside consultant"):
        evaluation.countersign(later(elm, 3), blocked.patient.id, decision.id, **yes)
    tomorrow = MONDAY.date() + timedelta(days=2)
    with pytest.raises(Refused, match="up to today"):
        evaluation.countersign(
            later(elm, 3), blocked.patient.id, decision.id, consultant="Dr. Far", consulted_on=tomorrow, **yes
        )
    evaluation.countersign(
        later(elm, 3), blocked.patient.id, decision.id, consultant="Dr. Far", consulted_on=date(2026, 11, 1), **yes
    )
    found = latest_decision(later(elm, 4), blocked.patient)
    assert found is not None
    assert (found.offered, found.consultant) == (True, "Dr. Far")


def test_what_is_not_known_cannot_be_set_aside(elm: House, blocked: Story) -> None:
    evaluation.answer_history(elm.as_patient(blocked.patient, Instant(MONDAY + minutes(2))), {"mania_current": None})
    with pytest.raises(Refused, match="stop or an open question"):
        overridden(elm, blocked, 3)


def test_a_stop_cannot_be_set_aside(elm: House, blocked: Story) -> None:
    blocked.patient.birth_date = date(2012, 1, 1)
    blocked.patient.save()
    with pytest.raises(Refused, match="stop or an open question"):
        overridden(elm, blocked, 3)


def test_what_comes_after_the_decision_must_be_decided_again(elm: House, blocked: Story) -> None:
    second, decision = colleague(elm, 5), overridden(elm, blocked)
    evaluation.complete_history(later(elm, 3), blocked.patient.id, {"pregnant": True})
    with pytest.raises(Refused, match="decided again"):
        evaluation.countersign(second, blocked.patient.id, decision.id, agrees=True, reason="I read the letter.")


def test_a_newer_decision_takes_its_place(elm: House, blocked: Story) -> None:
    second, decision = colleague(elm, 5), overridden(elm, blocked)
    evaluation.decide(later(elm, 4), blocked.patient.id, outcome="not_now", **WORDS)
    with pytest.raises(Refused, match="newer decision"):
        evaluation.countersign(second, blocked.patient.id, decision.id, agrees=True, reason="I read the letter.")


def test_sent_twice_it_is_one_decision(elm: House, blocked: Story) -> None:
    once = cast.uuid7(MONDAY)
    for after in (2, 3):
        evaluation.decide(later(elm, after), blocked.patient.id, outcome="not_now", once=once, **WORDS)
    assert Decision.objects.filter(id=once).count() == 1


def test_the_other_clinics_decision_is_not_there(elm: House, oak: House, blocked: Story) -> None:
    decision = overridden(elm, blocked)
    stranger = oak.act(Role.PRESCRIBER, Instant(MONDAY + minutes(5)))
    with pytest.raises(NotThere):
        evaluation.countersign(stranger, blocked.patient.id, decision.id, agrees=True, reason="I read the letter.")


def test_a_decision_carries_doses_until_the_evaluation_is_due_again(elm: House) -> None:
    story = cast.planned(elm, "ana")
    decided = latest_decision(later(elm, 1), story.patient)
    assert decided is not None
    dose = story.patient.courses.get().planned.get(number=1)
    local = elm.clinic.zone
    last = Instant(MONDAY + timedelta(days=(decided.decision.review_on - MONDAY.astimezone(local).date()).days - 1))
    due = Instant(last + timedelta(days=1))
    assert why_not(elm.act(Role.PRESCRIBER, last), dose) == ""
    assert "due again" in why_not(elm.act(Role.PRESCRIBER, due), dose)
    assert due_again(elm.act(Role.PRESCRIBER, last)) == []
    assert due_again(elm.act(Role.PRESCRIBER, due)) == [decided.decision]
