"""Scenes in which the chair was once unsafe, each as somebody tried it."""

from datetime import time, timedelta
from decimal import Decimal

import pytest
from tests import cast
from tests.cast import DOSE_DAY, House, Story, values

from kapstone.care.quantities import Instant
from kapstone.care.session import MET, OBSERVED, Level
from kapstone.clinic.evaluation import actions as evaluation
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.pages import local_moment
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.plan import actions as plan
from kapstone.clinic.plan.ordering import actions as ordering
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.actions import Reading
from kapstone.clinic.session.queries import session_of


@pytest.fixture
def elm(db: None) -> House:
    return cast._house("Elm Clinic", "elm", cast.MONDAY)


def nurse(elm: House, minutes: float) -> Act:
    return elm.act(Role.NURSE, Instant(DOSE_DAY + timedelta(minutes=minutes)))


def levels(elm: House, story: Story, minutes: float) -> list[Level]:
    return [one.level for one in session_of(nurse(elm, minutes), story.ids["session_id"]).state.watch.current()]


@pytest.mark.mitigates("M-080")
def test_a_value_of_the_minute_reminds_though_another_signal_is_newer(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    here = story.ids["session_id"]
    session.record(nurse(elm, 10.2), here, [Reading({"hr": Decimal(72)})])
    at = Instant(DOSE_DAY + timedelta(minutes=10))
    session.record(nurse(elm, 10.7), here, [Reading({"spo2": Decimal(78)}, at)])
    assert levels(elm, story, 11) == [Level.RED]


@pytest.mark.mitigates("M-081")
def test_a_clock_a_minute_ahead_is_now_and_not_yesterday(elm: House) -> None:
    at = Instant(DOSE_DAY + timedelta(minutes=14, seconds=30))
    local = at.astimezone(elm.clinic.zone)
    ahead = (local + timedelta(minutes=1)).time().replace(second=0, microsecond=0)
    assert local_moment(elm.clinic, at, ahead, DOSE_DAY, "taken_at") == at
    with pytest.raises(Refused, match="has not come yet"):
        local_moment(elm.clinic, at, time(23, 0), DOSE_DAY, "taken_at")


@pytest.mark.mitigates("M-077")
def test_what_was_seen_before_the_dose_is_no_release(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    here = story.ids["session_id"]
    for what in OBSERVED:
        session.observe(nurse(elm, 5), here, what, MET, "as before the dose")
    session.end_dose(nurse(elm, 40), here)
    session.record(nurse(elm, 100), here, [Reading(values(126, 78))])
    with pytest.raises(Refused, match="looked at before the dose's end"):
        session.release_patient(nurse(elm, 101), here)


@pytest.mark.mitigates("M-078")
def test_an_open_red_reminder_is_no_release_however_old(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    here = story.ids["session_id"]
    session.end_dose(nurse(elm, 40), here)
    session.record(nurse(elm, 68), here, [Reading({"hr": Decimal(170)})])
    good = {key: value for key, value in values(126, 78).items() if key != "hr"}
    session.record(nurse(elm, 99), here, [Reading(good)])
    for what in OBSERVED:
        session.observe(nurse(elm, 100), here, what, MET, "steady and clear")
    with pytest.raises(Refused, match="A reminder is open: Fast heart rate 170"):
        session.release_patient(nurse(elm, 101), here)


@pytest.mark.mitigates("M-079")
@pytest.mark.parametrize("why", ["ended", "declined", "another day", "urgent"])
def test_a_dose_that_may_not_be_given_is_not_begun(elm: House, why: str) -> None:
    story = cast.planned(elm, "ana")
    doctor = elm.act(Role.PRESCRIBER, cast.MONDAY)
    at = 0.0
    if why == "ended":
        plan.end_course(doctor, story.patient.id, "stopped", "The patient wants to stop here.")
    elif why == "declined":
        words = {"reason": "Something new was found.", "for_patient": "We stop here for now, and will call you."}
        evaluation.decide(doctor, story.patient.id, outcome="decline", **words)
    elif why == "another day":
        at = 24 * 60
    else:
        me = elm.as_patient(story.patient, cast.MONDAY)
        evaluation.answer(me, "phq-9", cast.phq_9(1, 1, 1, 1, 1, 1, 1, 1, 3), "check-in")
    with pytest.raises(Refused, match=r"ended|cancelled|no longer offers|is booked for|urgent concern"):
        session.arrive(nurse(elm, at), story.ids["dose_id"])


@pytest.mark.mitigates("M-076")
def test_a_time_out_grows_stale(elm: House) -> None:
    story = cast.planned(elm, "ana")
    ordering.sign_orders(elm.act(Role.PRESCRIBER, DOSE_DAY), story.ids["dose_id"], Decimal(35), [])
    here = session.arrive(nurse(elm, 0), story.ids["dose_id"]).id
    session.pass_timeout(nurse(elm, 1), here, cast.timeout(DOSE_DAY))
    with pytest.raises(Refused, match="The time-out no longer holds"):
        session.start_dose(nurse(elm, 300), here)


@pytest.mark.mitigates("M-083")
def test_the_same_form_with_other_words_is_not_dropped(elm: House) -> None:
    from kapstone.clinic.ground.people.ids import uuid7

    story = cast.dosing(elm, "ana")
    here, once = story.ids["session_id"], uuid7(DOSE_DAY)
    session.note(nurse(elm, 5), here, "calm", once)
    session.note(nurse(elm, 5), here, "calm", once)
    with pytest.raises(Refused, match="already saved with other values"):
        session.note(nurse(elm, 6), here, "has thoughts of jumping", once)


@pytest.mark.mitigates("M-082")
def test_a_zero_that_a_person_counted_is_no_cable(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    zero = {key: Decimal(0) for key in ("hr", "rr", "spo2")}
    session.record(nurse(elm, 12), story.ids["session_id"], [Reading(zero)])
    state = session_of(nurse(elm, 12), story.ids["session_id"]).state
    assert state.watch.current()[0].what == "Look at the patient: no breaths counted."


@pytest.mark.mitigates("M-075")
def test_a_weight_far_from_the_plan_is_asked_again(elm: House) -> None:
    from dataclasses import replace

    story = cast.planned(elm, "ana")
    here = session.arrive(nurse(elm, 0), story.ids["dose_id"]).id
    pounds = replace(cast.timeout(DOSE_DAY), weight_kg=Decimal(154))
    with pytest.raises(Refused, match="Is it in kilograms") as no:
        session.pass_timeout(nurse(elm, 1), here, pounds)
    assert no.value.field == "weight_kg"
    session.pass_timeout(nurse(elm, 2), here, pounds, weight_confirmed=True)


def test_nobody_charts_for_themselves(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    act = Act(
        story.patient.user,
        elm.clinic,
        frozenset({Role.NURSE, Role.PATIENT}),
        DOSE_DAY,
        "tablet-1",
        story.ids["dose_id"],
    )
    with pytest.raises(Refused, match="a colleague does it"):
        session.record(act, story.ids["session_id"], [Reading(values(120, 70))])
