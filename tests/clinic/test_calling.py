"""What waits in a session goes to people by the roster, in minutes. Time is passed by arguments."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from tests import cast
from tests.cast import DOSE_DAY, House, Story

from kapstone.care.quantities import Instant
from kapstone.clinic.config import jobs
from kapstone.clinic.ground.concerns.roster.queries import on_call
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.models import CallMade

BOTH = ("high-systolic", "high-diastolic")


def later(minutes: float) -> Instant:
    """So many minutes after the dose began."""
    return Instant(DOSE_DAY + timedelta(minutes=minutes))


@pytest.fixture
def red(elm: House) -> Story:
    """A session with a red reminder in minute 10, which nobody has seen."""
    story = cast.dosing(elm, "ana")
    values = [session.Reading(cast.values(205, 90))]
    session.record(elm.act(Role.NURSE, later(10)), story.ids["session_id"], values)
    return story


def told(until: float) -> list[tuple[float, str]]:
    """Everybody who was told, with the minute, when the job looks every half minute from the tenth on."""
    for half in range(20, int(until * 2) + 1):
        jobs.run_once(later(half / 2))
    found = CallMade.objects.order_by("at", "person__name").select_related("person")
    return [((one.at - DOSE_DAY).total_seconds() / 60, one.person.name.split(" of ")[0]) for one in found]


@pytest.mark.mitigates("M-138")
def test_what_nobody_answers_goes_to_the_roster_in_minutes(elm: House, red: Story) -> None:
    first, second, third = (one.name.split(" of ")[0] for one in on_call(elm.clinic, later(11)))
    leads = {"Clinic lead", "Medical director"} - {first, second, third}
    assert told(17) == [(11, first), (13, second), (15, third), *((17, one) for one in sorted(leads))]
    sent = [one.to[0] for one in mail.outbox if "waits for you now" in one.subject]
    assert (len(sent), sent[0]) == (3 + len(leads), on_call(elm.clinic, later(11))[0].email)


def test_a_seen_reminder_is_told_to_nobody_until_the_time_to_look_again(elm: House, red: Story) -> None:
    for rule in BOTH:
        session.mark_seen(elm.act(Role.NURSE, later(10)), red.ids["session_id"], rule)
    assert told(15.5) == []
    assert told(16.5)[0][0] == 16


def test_answered_it_goes_no_further(elm: House, red: Story) -> None:
    before = told(12)
    assert len(before) == 1
    for rule in BOTH:
        session.mark_seen(elm.act(Role.NURSE, later(12)), red.ids["session_id"], rule)
    assert told(15.5) == before


def test_whoever_was_told_sees_it_on_every_page_until_it_is_answered(
    elm: House, red: Story, see: Callable[..., Any]
) -> None:
    told(15)
    doctor = next(one for one in on_call(elm.clinic, later(13)) if one == elm.staff[Role.PRESCRIBER])
    page = see(doctor, "/board/", at=later(15.5)).content.decode()
    assert red.patient.name in page and "Nobody has written that they saw: Systolic pressure 205 mmHg." in page
    therapist = see(elm.staff[Role.THERAPIST], "/board/", at=later(15.5)).content.decode()
    assert "Nobody has written" not in therapist
    for rule in BOTH:
        session.mark_seen(elm.act(Role.NURSE, later(16)), red.ids["session_id"], rule)
    assert "Nobody has written" not in see(doctor, "/board/", at=later(16.5)).content.decode()


@pytest.mark.mitigates("M-138")
def test_the_page_says_who_was_told_and_nobody_where_nobody_was(
    elm: House, red: Story, see: Callable[..., Any]
) -> None:
    here, nurse = f"/sessions/{red.ids['session_id']}/", elm.staff[Role.NURSE]
    assert "Nobody else has been told yet." in see(nurse, here, at=later(12)).content.decode()
    told(12)
    page = see(nurse, here, at=later(12)).content.decode()
    assert f"Told: {on_call(elm.clinic, later(11))[0].name}." in page
    assert "Nobody else has been told yet." not in page


def test_the_mail_names_nobody_and_no_reason(elm: House, red: Story) -> None:
    told(17)
    text = " ".join(f"{one.subject} {one.body}" for one in mail.outbox)
    assert red.patient.name not in text and "205" not in text and "pressure" not in text.lower()
    assert "Look in the rooms" in text and "Reach somebody who is in the rooms now" in text


def test_an_empty_roster_goes_to_the_leads_at_once(elm: House, monkeypatch: pytest.MonkeyPatch) -> None:
    story = cast.dosing(elm, "ana")
    night = Instant(DOSE_DAY + timedelta(minutes=10))
    monkeypatch.setattr("kapstone.clinic.session.calling.queries.roster_of", lambda clinic, at: _Nobody())
    session.record(elm.act(Role.NURSE, night), story.ids["session_id"], [session.Reading(cast.values(205, 90))])
    assert {name for _, name in told(11)} == {"Clinic lead", "Medical director"}


class _Nobody:
    def on_call(self, at: Instant) -> tuple[()]:
        return ()
