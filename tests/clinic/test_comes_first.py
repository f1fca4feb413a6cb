"""What must come before a dose, more of it, a faster rate and the door: people who are unwell, and fresh eyes."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from tests import cast
from tests.cast import DOSE_DAY, House, Story

from kapstone.care.quantities import Instant
from kapstone.care.session import MET, NOT_YET, OBSERVED, Phase
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.plan.consent import actions as consent
from kapstone.clinic.plan.consent.queries import drugs_offered
from kapstone.clinic.plan.ordering import actions as ordering
from kapstone.clinic.plan.ordering.actions import MadeUp
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.actions import Reading
from kapstone.clinic.session.helping.queries import sheet
from kapstone.clinic.session.leaving.actions import sign_off
from kapstone.clinic.session.queries import Seen, session_of

BAG = MadeUp(Decimal(50), Decimal(100), Decimal(40))


def later(minutes: float) -> Instant:
    """So many minutes after clock zero."""
    return Instant(DOSE_DAY + timedelta(minutes=minutes))


def seen(elm: House, story: Story, minutes: float) -> Seen:
    """The session as the nurse sees it."""
    return session_of(elm.act(Role.NURSE, later(minutes)), story.ids["session_id"])


def watched(elm: House, story: Story, *, until: int = 100) -> None:
    """Every set is taken, the dose ends in minute 40, and somebody looked at everything in minute `until` + 1."""
    here = story.ids["session_id"]
    for minute in (10, 20, 30, 40, 55, 70, 85, 100, 115, 130, 145, 160):
        if minute <= until:
            session.record(elm.act(Role.NURSE, later(minute)), here, [Reading(cast.values(130, 80))])
        if minute == 40:
            session.end_dose(elm.act(Role.NURSE, later(40)), here)
    for what in OBSERVED:
        session.observe(elm.act(Role.NURSE, later(until + 1)), here, what, MET, "Sam takes her home")


def ready(elm: House) -> tuple[Story, UUID]:
    """Ordered in a bag, arrived, timed out by the nurse and checked by the prescriber; and the session."""
    story = cast.planned(elm, "ana")
    ordering.sign_orders(elm.act(Role.PRESCRIBER, DOSE_DAY), story.ids["dose_id"], Decimal(35), [], made_up=BAG)
    here = session.arrive(elm.act(Role.NURSE, DOSE_DAY), story.ids["dose_id"]).id
    story.ids["session_id"] = here
    session.pass_timeout(elm.act(Role.NURSE, DOSE_DAY), here, cast.timeout(DOSE_DAY))
    cast.checked(elm, here, DOSE_DAY)
    return story, here


@pytest.fixture
def stopped(elm: House) -> Story:
    """A dose that was stopped in minute 10, and an order for more of it."""
    story, here = ready(elm)
    session.start_dose(elm.act(Role.NURSE, DOSE_DAY), here)
    session.stop_dose(elm.act(Role.NURSE, later(10)), here, "Line came out")
    ordering.sign_again(elm.act(Role.PRESCRIBER, later(12)), story.ids["dose_id"], Decimal(17), "New line", BAG)
    cast.checked(elm, here, later(13))
    return story


@pytest.mark.mitigates("M-161")
def test_whoever_checked_more_of_a_dose_does_not_give_it(elm: House, stopped: Story) -> None:
    here = stopped.ids["session_id"]
    with pytest.raises(Refused, match="You checked this order yourself"):
        session.dose_again(elm.act(Role.PRESCRIBER, later(14)), here, None, True)
    session.dose_again(elm.act(Role.NURSE, later(14)), here, None, True)
    assert seen(elm, stopped, 15).phase is Phase.DOSING


@pytest.mark.mitigates("M-161")
@pytest.mark.parametrize("what", ["help", "concern", "oxygen"])
def test_no_more_is_given_to_somebody_who_is_unwell(elm: House, stopped: Story, what: str) -> None:
    here, nurse = stopped.ids["session_id"], elm.act(Role.NURSE, later(14))
    if what == "help":
        session.call_help(nurse, here, "faint")
    elif what == "concern":
        session.observe(nurse, here, "ideation", NOT_YET, "Wants to be dead")
    else:
        session.record(nurse, here, [Reading(cast.values(124, 76, spo2=88))])
    with pytest.raises(Refused, match=r"help runs|urgent concern|No more is given at oxygen 88"):
        session.dose_again(elm.act(Role.NURSE, later(15)), here, None, True)
    assert seen(elm, stopped, 15).phase is Phase.OBSERVING


@pytest.mark.mitigates("M-161")
def test_no_dose_begins_while_help_runs(elm: House) -> None:
    _, here = ready(elm)
    nurse = elm.act(Role.NURSE, DOSE_DAY)
    session.call_help(nurse, here, "faint")
    with pytest.raises(Refused, match="A call for help runs"):
        session.start_dose(nurse, here)
    session.end_help(elm.act(Role.NURSE, later(5)), here, "Sat down, drank, well again")
    session.start_dose(elm.act(Role.NURSE, later(6)), here)


@pytest.mark.mitigates("M-161")
def test_a_time_out_holds_for_an_hour(elm: House) -> None:
    _, here = ready(elm)
    session.record(elm.act(Role.NURSE, later(59)), here, [Reading(cast.values(124, 76))])
    with pytest.raises(Refused, match="it was passed 61 minutes ago, and 60 is the most"):
        session.start_dose(elm.act(Role.NURSE, later(61)), here)
    session.start_dose(elm.act(Role.NURSE, later(60)), here)


@pytest.mark.mitigates("M-017")
def test_half_a_new_pressure_makes_the_other_half_no_younger(elm: House) -> None:
    _, here = ready(elm)
    session.record(elm.act(Role.NURSE, later(40)), here, [Reading({"sbp": Decimal(124)})])
    with pytest.raises(Refused, match="Blood pressure is 41 minutes old"):
        session.start_dose(elm.act(Role.NURSE, later(41)), here)


@pytest.mark.mitigates("M-161")
def test_after_a_consent_is_taken_back_it_runs_slower_and_never_faster(elm: House) -> None:
    story, here = ready(elm)
    session.start_dose(elm.act(Role.NURSE, DOSE_DAY), here)
    session.change_rate(elm.act(Role.NURSE, later(5)), here, Decimal(75), "Sleepy")
    me = elm.as_patient(story.patient, later(6))
    for drug in drugs_offered(me, story.patient):
        consent.withdraw(me, drug)
    with pytest.raises(Refused, match="Slower or paused is always allowed"):
        session.change_rate(elm.act(Role.NURSE, later(7)), here, Decimal(100), "")
    session.change_rate(elm.act(Role.NURSE, later(8)), here, Decimal(0), "Paused")


def test_an_infusion_whose_order_names_no_bag_can_be_paused(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    here = story.ids["session_id"]
    with pytest.raises(Refused, match="Pause with 0, or stop the dose"):
        session.change_rate(elm.act(Role.NURSE, later(5)), here, Decimal(50), "")
    session.change_rate(elm.act(Role.NURSE, later(6)), here, Decimal(0), "Sleepy")
    assert seen(elm, story, 7).state.doses[-1].rates == [(later(6), 0)]


@pytest.mark.mitigates("M-162")
def test_what_was_seen_long_ago_is_looked_at_again(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    watched(elm, story)
    assert seen(elm, story, 105).release.ready
    session.record(elm.act(Role.NURSE, later(115)), story.ids["session_id"], [Reading(cast.values(130, 80))])
    left = {one.key: str(one.reason) for one in seen(elm, story, 132).release.unmet}
    assert set(left) >= set(OBSERVED) - {"way_home"}
    assert left["dissociation"].endswith("looked at more than 30 minutes ago. Look again.")


@pytest.mark.mitigates("M-162")
@pytest.mark.parametrize("what", ["help", "ideation"])
def test_nobody_leaves_while_a_person_must_come_first(elm: House, what: str) -> None:
    story = cast.dosing(elm, "ana")
    watched(elm, story)
    here, nurse = story.ids["session_id"], elm.act(Role.NURSE, later(102))
    if what == "help":
        session.call_help(nurse, here, "faint")
        assert "help" in {one.key for one in seen(elm, story, 103).release.unmet}
    else:
        session.observe(nurse, here, "ideation", NOT_YET, "Wants to be dead")
        session.observe(nurse.later(later(103)), here, "ideation", MET, "Asked again, denies it")
    with pytest.raises(Refused, match=r"help runs|urgent concern"):
        session.release_patient(elm.act(Role.NURSE, later(104)), here)


@pytest.mark.mitigates("M-162")
def test_a_signature_comes_last_and_says_nothing_of_a_later_pressure(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    here, doctor = story.ids["session_id"], elm.act(Role.PRESCRIBER, later(50))
    session.end_dose(elm.act(Role.NURSE, later(40)), here)
    with pytest.raises(Refused, match="A signature comes last"):
        sign_off(doctor, here, "Looks well")


@pytest.mark.mitigates("M-162")
def test_a_red_value_that_was_written_late_asks_for_a_signature(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    here = story.ids["session_id"]
    watched(elm, story)
    assert seen(elm, story, 102).release.ready
    low = Reading(cast.values(130, 80, spo2=78), elm.act(Role.NURSE, later(35)).at)
    session.record(elm.act(Role.NURSE, later(102)), here, [low])
    (left,) = seen(elm, story, 103).release.unmet
    assert str(left.reason) == "A prescriber signs first: a value of the red level was written later."
    sign_off(elm.act(Role.PRESCRIBER, later(104)), here, "Saw the strip; well now")
    session.release_patient(elm.act(Role.NURSE, later(105)), here)


@pytest.mark.mitigates("M-163")
@pytest.mark.parametrize("when", ["arrived", "released"])
def test_help_is_called_for_somebody_at_the_door_too(elm: House, when: str) -> None:
    if when == "arrived":
        story = cast.planned(elm, "ana")
        story.ids["session_id"] = session.arrive(elm.act(Role.NURSE, later(-10)), story.ids["dose_id"]).id
    else:
        story = cast.released(elm, "ana")
    here = story.ids["session_id"]
    session.call_help(elm.act(Role.THERAPIST, later(107)), here, "faint")
    session.help_step(elm.act(Role.NURSE, later(108)), here, "faint", "lie")
    if when == "arrived":
        planned = seen(elm, story, 108).session.dose.booking.dose_ends_at
        session.transfer(elm.act(Role.NURSE, later(109)), here, "Ambulance, unit 7")
        now = seen(elm, story, 110)
        assert (now.phase, now.session.dose.booking.dose_ends_at) == (Phase.TRANSFERRED, planned)
    else:
        session.end_help(elm.act(Role.NURSE, later(109)), here, "Fell at the door; taken by ambulance")
        assert seen(elm, story, 110).phase is Phase.RELEASED
    kinds = [line.event.kind for line in seen(elm, story, 110).state.lines]
    assert {"help_called", "help_step"} <= set(kinds)


@pytest.mark.mitigates("M-163")
def test_the_sheet_tells_each_dose_by_itself(elm: House, stopped: Story, see: object) -> None:
    here = stopped.ids["session_id"]
    session.dose_again(elm.act(Role.NURSE, later(14)), here, None, True)
    assert sheet(elm.act(Role.NURSE, later(20)), seen(elm, stopped, 20))["lines"]
    told = see(elm.staff[Role.NURSE], f"/sessions/{here}/help/sheet/", at=later(20)).content.decode()  # type: ignore[operator]
    assert "35 mg begun" in told
    assert "<b>stopped</b> 10:10 am, before its end" in told
    assert "17 mg begun" in told
    assert "still running" in told
