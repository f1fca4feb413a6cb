"""Leaving: when to look again, a prescriber's signature, the patient's page, and the page of who takes them home."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests import cast
from tests.cast import DOSE_DAY, House, Story

from kapstone.care.quantities import Instant
from kapstone.care.session import MET, OBSERVED, Phase
from kapstone.clinic.config import clock
from kapstone.clinic.ground.concerns.models import Concern, Tier
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.actions import Reading
from kapstone.clinic.session.going_home import actions as home
from kapstone.clinic.session.going_home.queries import companion_of, day_of_patient
from kapstone.clinic.session.leaving.actions import not_ready, sign_off
from kapstone.clinic.session.queries import session_of

LOOKED_AT = Instant(DOSE_DAY + timedelta(minutes=106))


def later(minutes: float) -> Instant:
    """So many minutes after clock zero."""
    return Instant(DOSE_DAY + timedelta(minutes=minutes))


@pytest.fixture
def secret(elm: House) -> str:
    """Ana is planned and has named Sam; the dose then runs and ends in minute 40."""
    story = cast.planned(elm, "ana")
    made = home.name_companion(elm.as_patient(story.patient, DOSE_DAY), "Sam")
    cast.checked_in_and_dosed(elm, story)
    elm.canary, elm.ana = "elm", story  # type: ignore[attr-defined]
    return made


def ana(elm: House) -> Story:
    """Ana's story of the fixture above."""
    return elm.ana  # type: ignore[attr-defined,no-any-return]


def page(secret: str, at: Instant, monkeypatch: pytest.MonkeyPatch) -> str:
    """The companion's page as a stranger's browser gets it."""
    monkeypatch.setattr(clock, "now", lambda: at)
    answer = Client().get(f"/with/{secret}/")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]
    return answer.content.decode()


DAYS = [
    # minutes after clock zero, what happened before, what the companion reads
    (10, "dosing", "Begun. Not ready yet.", True),
    (60, "ended", "Not ready yet.", True),
    (106, "released", "Ready to go home.", True),
]


@pytest.mark.parametrize(("minute", "until", "line", "tonight"), DAYS)
def test_the_companion_reads_how_far_it_is_and_what_counts_tonight(
    elm: House, secret: str, minute: float, until: str, line: str, tonight: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on(elm, until)
    text = page(secret, later(minute), monkeypatch)
    assert line in text
    assert ("Tonight" in text) == tonight
    assert "<title>Today</title>" in text
    assert "No driving and no machines until after a night" in text
    for told in ("ketamine", "depress", "dose", "infusion", ana(elm).patient.name, "Elm Clinic"):
        assert told.casefold() not in text.casefold().replace("elm clinic canary", ""), told


def go_on(elm: House, until: str) -> None:
    """Takes the session on."""
    here = ana(elm).ids["session_id"]
    if until == "dosing":
        return
    session.end_dose(elm.act(Role.NURSE, later(40)), here)
    if until == "ended":
        return
    good = [Reading(cast.values(130, 80), later(minute)) for minute in (0, 10, 20, 30, 40, 55, 70, 85, 100)]
    session.record(elm.act(Role.NURSE, later(100)), here, good)
    for what in OBSERVED:
        session.observe(elm.act(Role.NURSE, later(101)), here, what, MET, "As before")
    if until == "released":
        session.release_patient(elm.act(Role.NURSE, later(105)), here)


def test_the_next_look_is_what_somebody_said_or_else_worked_out(
    elm: House, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on(elm, "ended")
    here, nurse = ana(elm).ids["session_id"], elm.act(Role.NURSE, later(90))
    assert "Next look 11:40" in page(secret, later(60), monkeypatch), "the format's time: 60 min after the dose's end"
    not_ready(nurse, here, 20, "Still unsteady")
    assert "Next look 11:50" in page(secret, later(91), monkeypatch)
    assert "Next look 12:07" in page(secret, later(112), monkeypatch), "the time passed: 15 minutes from now"
    state = session_of(nurse, here).state
    assert [one.event.kind for one in state.lines][-1] == "not_ready"
    with pytest.raises(Refused, match="one of 5, 10, 15"):
        not_ready(nurse, here, 7)


def test_the_address_is_taken_back_with_one_tap_also_under_the_drug(
    elm: House, secret: str, see: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = ana(elm).patient
    with pytest.raises(Refused, match="Letting somebody new see this waits until tomorrow"):
        home.name_companion(elm.as_patient(patient, later(30)), "Kim")
    shown = see(patient.user, "/me/companion/", at=later(30)).content.decode()
    assert "Take it back now" in shown and "Make an address" not in shown
    assert see(patient.user, "/me/companion/", {"end": "1"}, at=later(31)).status_code == 302
    assert companion_of(elm.clinic, patient, later(32)) is None
    monkeypatch.setattr(clock, "now", lambda: later(32))
    assert Client().get(f"/with/{secret}/").status_code == 404
    assert Client().get("/with/anything-else/").status_code == 404


def test_a_new_address_ends_the_old_one_and_only_its_hash_is_kept(elm: House, see: Callable[..., Any]) -> None:
    story = cast.planned(elm, "ana")
    first = home.name_companion(elm.as_patient(story.patient, DOSE_DAY), "Sam")
    made = see(story.patient.user, "/me/companion/", {"name": "Kim"}, at=later(1)).content.decode()
    assert "/with/" in made and "sms:" in made
    assert "/with/" not in see(story.patient.user, "/me/companion/", at=later(2)).content.decode(), "shown once"
    assert Client().get(f"/with/{first}/").status_code == 404
    with pytest.raises(Refused, match="Write the name"):
        home.name_companion(elm.as_patient(story.patient, later(3)), "  ")


def test_who_may_name_a_companion(elm: House) -> None:
    with pytest.raises(NotAllowed):
        home.name_companion(elm.act(Role.NURSE, DOSE_DAY), "Sam")


@pytest.mark.mitigates("M-145")
def test_i_need_someone_tells_whoever_is_on_call_once(
    elm: House, secret: str, see: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = ana(elm).patient
    shown = see(patient.user, "/me/day/", at=later(10)).content.decode()
    assert "I need someone" in shown and 'data-theme="dark"' in shown
    client = Client()
    client.force_login(patient.user)
    monkeypatch.setattr(clock, "now", lambda: later(11))
    for _ in range(2):
        told = client.post("/me/day/someone/", follow=True).content.decode()
        assert "We have told the team. Somebody comes to you." in told
    (concern,) = Concern.objects.filter(patient=patient, source=home.SOURCE)
    assert concern.tier == Tier.NOW
    home.need_someone(elm.as_patient(patient, later(600)))
    assert Concern.objects.filter(patient=patient, source=home.SOURCE).count() == 2, "hours later it is told anew"


def test_the_patient_s_own_page_says_what_tonight_is(elm: House, secret: str, see: Callable[..., Any]) -> None:
    go_on(elm, "released")
    shown = see(ana(elm).patient.user, "/me/day/", at=later(110)).content.decode()
    assert "I do not drive or work with machines until I have slept" in shown
    assert "Ready to go home." in shown and "tel:988" in shown
    assert "Sam takes me home" in shown
    morning = Instant(DOSE_DAY + timedelta(days=1))
    day = day_of_patient(elm.as_patient(ana(elm).patient, morning), ana(elm).patient)
    assert not day.tonight


def test_before_the_dose_and_on_another_day_the_page_is_calm(elm: House, see: Callable[..., Any]) -> None:
    story = cast.planned(elm, "ana")
    shown = see(story.patient.user, "/me/day/", at=DOSE_DAY).content.decode()
    assert "Nothing is going on today." in shown and "Tonight" not in shown
    assert "Nobody is named who takes me home." in shown


@pytest.mark.mitigates("M-146")
def test_after_a_red_reminder_a_prescriber_signs_before_anybody_leaves(
    elm: House, secret: str, see: Callable[..., Any]
) -> None:
    here = ana(elm).ids["session_id"]
    session.record(elm.act(Role.NURSE, later(5)), here, [Reading(cast.values(130, 80, spo2=84))])
    go_on(elm, "seen")
    nurse, doctor = elm.act(Role.NURSE, later(105)), elm.act(Role.PRESCRIBER, later(106))
    (left,) = session_of(nurse, here).release.unmet
    assert str(left.reason) == "A prescriber signs first: a red reminder was open in this session."
    with pytest.raises(Refused, match="A prescriber signs first"):
        session.release_patient(nurse, here)
    with pytest.raises(NotAllowed):
        sign_off(nurse, here, "Looks well")
    with pytest.raises(Refused, match="what you saw"):
        sign_off(doctor, here, " ")
    shown = see(elm.staff[Role.NURSE], f"/sessions/{here}/release/", at=later(106)).content.decode()
    assert "A prescriber signs" in shown
    signer = elm.staff[Role.PRESCRIBER]
    signer.set_password("a long word of their own")
    signer.save()
    form = see(elm.staff[Role.NURSE], f"/sessions/{here}/release/sign/", at=later(106))
    sent = {
        "event_id": form.context["form"]["event_id"].value(), "words": "Awake, oxygen 98 on air",
        "colleague": str(signer.id), "password": "a long word of their own",
    }  # fmt: skip
    assert see(elm.staff[Role.NURSE], f"/sessions/{here}/release/sign/", sent, at=later(107)).status_code == 302
    session.release_patient(elm.act(Role.NURSE, later(108)), here)
    assert session_of(doctor, here).phase is Phase.RELEASED


def test_the_release_page_says_what_is_open_and_when_to_look_again(
    elm: House, secret: str, see: Callable[..., Any]
) -> None:
    go_on(elm, "ended")
    here = ana(elm).ids["session_id"]
    shown = see(elm.staff[Role.NURSE], f"/sessions/{here}/release/", at=later(60)).content.decode()
    assert "Not before" in shown and "Look again" in shown and "Sam takes them home" in shown
    form = see(elm.staff[Role.NURSE], f"/sessions/{here}/release/again/", at=later(60))
    sent = {"event_id": form.context["form"]["event_id"].value(), "in_min": "30", "words": "Still far away"}
    assert see(elm.staff[Role.NURSE], f"/sessions/{here}/release/again/", sent, at=later(60)).status_code == 302
    log = see(elm.staff[Role.NURSE], f"/sessions/{here}/", at=later(61)).content.decode()
    assert "Not ready yet. Still far away" in log
