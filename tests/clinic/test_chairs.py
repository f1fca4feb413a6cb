"""Chairs: one tablet for several patients, and nothing on the wrong one."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from tests import cast
from tests.cast import DOSE_DAY, House, Story

from kapstone.care.quantities import Instant
from kapstone.care.session import Phase
from kapstone.clinic.config import clock
from kapstone.clinic.ground.bookings.actions import open_room
from kapstone.clinic.ground.bookings.models import RoomKind
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.chairs.queries import burdens, chairs, seats
from kapstone.clinic.session.queries import session_of

LOOKED_AT = Instant(DOSE_DAY + timedelta(minutes=9))


def later(minutes: float) -> Instant:
    """So many minutes after the dose began."""
    return Instant(DOSE_DAY + timedelta(minutes=minutes))


@pytest.fixture
def two(elm: House) -> tuple[Story, Story]:
    """Ana and Ben, both dosed."""
    return cast.dosing(elm, "ana"), cast.dosing(elm, "ben")


def test_each_patient_gets_a_chair_of_their_own_with_a_fixed_number_and_colour(
    elm: House, two: tuple[Story, Story]
) -> None:
    nurse = elm.act(Role.NURSE, later(1))
    taken = [session_of(nurse, one.ids["session_id"]).state.chair for one in two]
    assert len(set(taken)) == 2
    every = chairs(elm.clinic)
    assert [one.number for one in every] == list(range(1, len(every) + 1))
    assert len({one.colour for one in every[:8]}) == min(len(every), 8)


def test_the_page_shows_every_chair_in_its_place(
    elm: House, two: tuple[Story, Story], see: Callable[..., Any]
) -> None:
    page = see(elm.staff[Role.NURSE], "/chairs/").content.decode()
    for number, one in enumerate(chairs(elm.clinic), 1):
        assert f"<b>{number}</b>" in page and one.colour in page
    for story in two:
        assert story.patient.name in page
    assert "Not an alarm system. Watch the patient and the bedside monitor." in page


def test_nobody_is_seated_on_somebody(elm: House, two: tuple[Story, Story]) -> None:
    nurse = elm.act(Role.NURSE, later(1))
    mine, anothers = (session_of(nurse, one.ids["session_id"]).state.chair for one in two)
    with pytest.raises(Refused, match="Somebody sits in this chair"):
        session.seat_elsewhere(nurse, two[0].ids["session_id"], int(anothers))
    with pytest.raises(Refused, match="Choose a chair of this clinic"):
        session.seat_elsewhere(nurse, two[0].ids["session_id"], 99)
    open_room(elm.clinic, cast.MONDAY, "Chair 3", RoomKind.TREATMENT)
    free = next(one.number for one in chairs(elm.clinic) if str(one.number) not in (mine, anothers))
    session.seat_elsewhere(nurse, two[0].ids["session_id"], free)
    assert session_of(nurse, two[0].ids["session_id"]).state.chair == str(free)


@pytest.mark.mitigates("M-133")
def test_half_a_set_typed_for_one_chair_is_there_after_charting_another(
    elm: House, two: tuple[Story, Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No script: the button of the other chair sends the form."""
    monkeypatch.setattr(clock, "now", lambda: LOOKED_AT)
    ana, ben = (f"/sessions/{one.ids['session_id']}/" for one in two)
    browser = Client()
    browser.force_login(elm.staff[Role.NURSE])
    page = browser.get(ana).content.decode()
    assert f'value="{two[1].ids["session_id"]}"' in page and two[1].patient.name in page
    event = re.search(r'name="event_id" value="([^"]+)" id="reading_event_id"', page) or re.search(
        r'name="event_id" value="([^"]+)"', page
    )
    assert event is not None
    half = {"event_id": event[1], "sbp": "131", "hr": "77", "to": str(two[1].ids["session_id"])}
    gone = browser.post(f"{ana}typing/", half)
    assert (gone.status_code, gone["Location"]) == (302, ben)
    on_ben = browser.get(ben).content.decode()
    assert 'value="131"' not in on_ben, "nothing lands on the wrong patient"
    full = {"event_id": "01a10c3d-33e0-7659-8b9b-a840200c5d01", "sbp": "120", "dbp": "70", "hr": "66", "spo2": "98"}
    assert browser.post(f"{ben}reading/", {**full, "rr": "14"}).status_code == 302
    back = browser.get(ana).content.decode()
    assert 'value="131"' in back and 'value="77"' in back and "Half typed before" in back
    assert browser.post(f"{ana}reading/", {**half, "dbp": "80", "spo2": "97", "rr": "13"}).status_code == 302
    assert 'value="131"' not in browser.get(ana).content.decode(), "once saved it is forgotten"
    nurse = elm.act(Role.NURSE, later(10))
    newest = [session_of(nurse, one.ids["session_id"]).state.latest["sbp"].judged.value for one in two]
    assert newest == [Decimal(131), Decimal(120)]


def test_another_clinic_s_session_is_no_chair_to_go_to(elm: House, see: Callable[..., Any]) -> None:
    story = cast.dosing(elm, "ana")
    oak = cast._house("Oak Clinic", "oak", Instant(cast.MONDAY + timedelta(minutes=1)))
    theirs = cast.dosing(oak, "cleo")
    sent = {"sbp": "120", "to": str(theirs.ids["session_id"])}
    assert see(elm.staff[Role.NURSE], f"/sessions/{story.ids['session_id']}/typing/", sent).status_code == 404
    assert theirs.patient.name not in see(elm.staff[Role.NURSE], "/chairs/").content.decode()


@pytest.mark.mitigates("M-134")
def test_the_step_of_a_dose_asks_for_the_patient_in_the_chair(elm: House, see: Callable[..., Any]) -> None:
    story = cast.dosing(elm, "ana")
    address = f"/sessions/{story.ids['session_id']}/medicine/"
    page = see(elm.staff[Role.NURSE], address).content.decode()
    number = session_of(elm.act(Role.NURSE, later(1)), story.ids["session_id"]).state.chair
    assert f"{story.patient.name}, born March 27, 1984, in chair {number}, " in page
    order = story.patient.treatment_sessions.get().dose.orders.get(kind="prn")
    sent = {"event_id": "01a10c3d-33e0-7659-8b9b-a840200c5d75", "order": str(order.id)}
    refused = see(elm.staff[Role.NURSE], address, sent).content.decode()
    assert "ask name and date of birth, then tick" in refused
    assert see(elm.staff[Role.NURSE], address, {**sent, "right_patient": "on"}).status_code == 302


def test_one_nurse_with_two_running_infusions_is_told_of(elm: House, two: tuple[Story, Story]) -> None:
    nurse = elm.act(Role.NURSE, later(1))
    (found,) = burdens(seats(nurse, {}))
    assert (found.patients, found.most, found.why) == (2, 1, "plan.iv.patients_per_nurse_giving")
    colleague = elm.act(Role.PRESCRIBER, later(2))
    session.take_over(colleague, two[1].ids["session_id"], read_back=True)
    assert list(burdens(seats(nurse.later(later(3)), {}))) == []


HAND_OVER = "Read back aloud"


@pytest.mark.mitigates("M-135")
def test_a_hand_over_has_a_new_owner_who_read_back(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    here, nurse, doctor = story.ids["session_id"], elm.act(Role.NURSE, later(3)), elm.act(Role.PRESCRIBER, later(3))
    assert session_of(nurse, here).state.owner == str(elm.staff[Role.NURSE].id)
    with pytest.raises(Refused, match="You answer for this patient already"):
        session.take_over(nurse, here, read_back=True)
    with pytest.raises(Refused, match=HAND_OVER):
        session.take_over(doctor, here, read_back=False)
    session.take_over(doctor, here, read_back=True, words="Pressure rose at minute 3")
    state = session_of(nurse, here).state
    assert state.owner == str(elm.staff[Role.PRESCRIBER].id)
    assert state.lines[-1].event.payload["words"] == "Pressure rose at minute 3"


def test_a_colleague_takes_over_at_the_same_screen_with_their_own_password(
    elm: House, see: Callable[..., Any]
) -> None:
    story = cast.dosing(elm, "ana")
    doctor = elm.staff[Role.PRESCRIBER]
    doctor.set_password("a long word of their own")
    doctor.save()
    address = f"/sessions/{story.ids['session_id']}/hand-over/"
    sent = {"event_id": "01a10c3d-33e0-7659-8b9b-a840200c5d02", "read_back": "on", "colleague": str(doctor.id)}
    wrong = see(elm.staff[Role.NURSE], address, {**sent, "password": "not theirs"}).content.decode()
    assert f"This is not the password of {doctor.name}." in wrong
    assert see(elm.staff[Role.NURSE], address, {**sent, "password": "a long word of their own"}).status_code == 302
    state = session_of(elm.act(Role.NURSE, later(10)), story.ids["session_id"]).state
    assert (state.owner, state.lines[-1].event.author) == (str(doctor.id), str(doctor.id))


def test_a_set_is_closed_with_a_reason_and_not_twice_nor_ahead(elm: House) -> None:
    here, nurse = cast.dosing(elm, "ana").ids["session_id"], elm.act(Role.NURSE, later(12))
    with pytest.raises(Refused, match="The set of minute 20 is not open"):
        session.close_slot(nurse, here, 20, "refused")
    with pytest.raises(Refused, match="in a few words"):
        session.close_slot(nurse, here, 10, "other", " ")
    with pytest.raises(Refused, match="Choose why"):
        session.close_slot(nurse, here, 10, "tired")
    session.close_slot(nurse, here, 10, "asleep")
    with pytest.raises(Refused, match="The set of minute 10 is not open"):
        session.close_slot(nurse, here, 10, "refused")
    assert session_of(nurse, here).slots(later(12))[1].standing == "closed"


def test_a_value_beyond_belief_is_asked_about_once_and_then_kept(elm: House, see: Callable[..., Any]) -> None:
    story, nurse = cast.dosing(elm, "ana"), elm.staff[Role.NURSE]
    address = f"/sessions/{story.ids['session_id']}/reading/"
    sent = {"event_id": "01a10c3d-33e0-7659-8b9b-a840200c5d03", "hr": "300", "sure": ""}
    asked = see(nurse, address, sent).content.decode()
    assert "Heart rate: 300 cannot be true. Correct it, or save again to keep it as it is" in asked
    sure = re.search(r'name="sure" value="([^"]+)"', asked)
    assert sure is not None
    assert "cannot be true" in see(nurse, address, {**sent, "hr": "310", "sure": sure[1]}).content.decode()
    assert see(nurse, address, {**sent, "sure": sure[1]}).status_code == 302
    state = session_of(elm.act(Role.NURSE, later(10)), story.ids["session_id"]).state
    assert (state.latest["hr"].judged.standing, state.phase) == ("implausible", Phase.DOSING)
