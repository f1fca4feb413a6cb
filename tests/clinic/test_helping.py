"""A call for help: anyone in the room, every step with its time, and the sheet that goes with the patient."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests import cast
from tests.cast import DOSE_DAY, House

from kapstone.care.quantities import Instant
from kapstone.care.session import Phase
from kapstone.care.session.cards import cards
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.helping.queries import running_help, signed_lines
from kapstone.clinic.session.queries import session_of

LOOKED_AT = Instant(DOSE_DAY + timedelta(minutes=12))


def later(minutes: float) -> Instant:
    """So many minutes after the dose began."""
    return Instant(DOSE_DAY + timedelta(minutes=minutes))


@pytest.mark.mitigates("M-139")
def test_a_therapist_calls_for_help_and_each_step_has_its_time(elm: House) -> None:
    here = cast.dosing(elm, "ana").ids["session_id"]
    session.call_help(elm.act(Role.THERAPIST, later(10)), here, "breathing")
    session.help_step(elm.act(Role.NURSE, later(10.5)), here, "breathing", "open")
    session.help_step(elm.act(Role.THERAPIST, later(11)), here, "breathing", "call_911")
    session.help_step(elm.act(Role.NURSE, later(12)), here, "breathing", "open")
    nurse = elm.act(Role.NURSE, later(12))
    found = running_help(nurse, session_of(nurse, here))
    assert found is not None
    done = {one.step.key: (one.at, one.who) for one in found.steps if one.at}
    assert done == {
        "open": (later(10.5), elm.staff[Role.NURSE].name),
        "call_911": (later(11), elm.staff[Role.THERAPIST].name),
    }
    session.end_help(nurse, here, "Breathing again")
    assert running_help(nurse, session_of(nurse, here)) is None


def test_a_step_of_no_card_is_refused(elm: House) -> None:
    here, nurse = cast.dosing(elm, "ana").ids["session_id"], elm.act(Role.NURSE, later(10))
    with pytest.raises(Refused, match="Choose the card"):
        session.call_help(nurse, here, "fire")
    session.call_help(nurse, here, "fear")
    with pytest.raises(Refused, match="on no card"):
        session.help_step(nurse, here, "fear", "bag")
    with pytest.raises(Refused, match="Write how it ended"):
        session.end_help(nurse, here, " ")


@pytest.mark.mitigates("M-139")
def test_doses_stand_on_a_card_only_under_a_directors_name(elm: House, see: Callable[..., Any]) -> None:
    story = cast.dosing(elm, "ana")
    session.call_help(elm.act(Role.NURSE, later(10)), story.ids["session_id"], "anaphylaxis")
    address, nurse = f"/sessions/{story.ids['session_id']}/help/", elm.staff[Role.NURSE]
    assert "no medical director has signed any for this card" in see(nurse, address).content.decode()
    for role in (Role.NURSE, Role.PRESCRIBER, Role.CLINIC_LEAD):
        with pytest.raises(NotAllowed):
            session.sign_card_lines(elm.act(role, later(10)), "anaphylaxis", "Adrenaline 1 ampoule")
    session.sign_card_lines(elm.act(Role.MEDICAL_DIRECTOR, later(11)), "anaphylaxis", "Adrenaline, as protocol 4")
    page = see(nurse, address).content.decode()
    assert "Adrenaline, as protocol 4" in page and f"Signed by {elm.staff[Role.MEDICAL_DIRECTOR].name}" in page
    session.sign_card_lines(elm.act(Role.MEDICAL_DIRECTOR, later(11.5)), "anaphylaxis", "")
    assert signed_lines(elm.act(Role.NURSE, later(12)), "anaphylaxis") is None


def test_the_sheet_says_who_what_and_when(elm: House, see: Callable[..., Any]) -> None:
    story = cast.dosing(elm, "ana")
    here = story.ids["session_id"]
    session.call_help(elm.act(Role.NURSE, later(10)), here, "seizure")
    session.help_step(elm.act(Role.NURSE, later(11)), here, "seizure", "time")
    page = see(elm.staff[Role.NURSE], f"/sessions/{here}/help/sheet/").content.decode()
    for words in (story.patient.name, f"{story.canary}-allergies", "35 mg", "HELP CALLED: Seizure", "70 kg"):
        assert words in page


def test_handed_over_to_others_the_session_is_over(elm: House) -> None:
    here = cast.dosing(elm, "ana").ids["session_id"]
    with pytest.raises(Refused, match="Write who took"):
        session.transfer(elm.act(Role.NURSE, later(20)), here, "")
    session.transfer(elm.act(Role.NURSE, later(20)), here, "Ambulance 7", "Awake, oxygen on")
    now = session_of(elm.act(Role.NURSE, later(21)), here)
    assert (now.phase, now.state.lines[-1].event.payload["words"]) == (
        Phase.TRANSFERRED, "Ambulance 7. Awake, oxygen on"
    )  # fmt: skip
    assert now.state.over_at == later(20)


def test_every_card_opens(elm: House, see: Callable[..., Any]) -> None:
    story = cast.dosing(elm, "ana")
    for card in cards():
        answer = see(elm.staff[Role.NURSE], f"/sessions/{story.ids['session_id']}/help/{card}/", {})
        assert answer.status_code == 302
        page = see(elm.staff[Role.NURSE], f"/sessions/{story.ids['session_id']}/help/").content.decode()
        assert f"<h1>{cards()[card].name}</h1>" in page
