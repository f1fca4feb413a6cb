"""Visits by video: where the patient is and how to call back is asked each time, and only then is there a way in."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from tests import cast
from tests.cast import MONDAY, House

from kapstone.care.plan import TherapyForm
from kapstone.care.quantities import Instant
from kapstone.clinic.config import clock
from kapstone.clinic.ground.bookings.models import Booking, BookingKind
from kapstone.clinic.ground.people.doing import NotThere, Refused
from kapstone.clinic.ground.people.models import User
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed
from kapstone.clinic.integration import actions as integration
from kapstone.clinic.integration.models import Whereabouts
from kapstone.clinic.integration.remote import actions, queries
from kapstone.clinic.plan import actions as plan
from kapstone.clinic.plan.actions import NewCourse

ELM_STREET = ("12 Elm Street, New Haven", "CT", "203-555-0142")


@pytest.fixture
def see(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Opens a page, or sends a form to it, as somebody at a moment."""

    def look(user: User, address: str, at: Instant, data: dict[str, object] | None = None) -> Any:
        monkeypatch.setattr(clock, "now", lambda: at)
        client = Client()
        client.force_login(user)
        return client.post(address, data) if data is not None else client.get(address)

    return look


def by_video(house: House, name: str = "ana") -> Booking:
    """The first visit of a course whose visits are by video."""
    story = cast.evaluated(house, name)
    therapist = house.staff[Role.THERAPIST].id
    when = (date(2026, 11, 3), time(9, 30))
    new = NewCourse("iv", Decimal(35), Decimal(70), 2, *when, TherapyForm.TELEHEALTH, therapist)
    plan.plan_course(house.act(Role.PRESCRIBER, MONDAY), story.patient.id, new)
    return Booking.objects.select_related("patient__user").get(
        patient=story.patient, kind=BookingKind.INTEGRATION, number=1
    )


def just_before(booking: Booking, minutes: int = 10) -> Instant:
    """Some minutes before a visit."""
    return Instant(booking.starts_at - timedelta(minutes=minutes))


@pytest.mark.mitigates("M-125")
def test_a_visit_by_video_is_written_only_once_the_place_was_asked(elm: House) -> None:
    booking = by_video(elm)
    assert booking.remote
    after = elm.act(Role.THERAPIST, Instant(booking.ends_at + timedelta(hours=3)))
    words = {"modality": "cbt", "note": "We spoke of the sea.", "next_act": "A walk"}
    with pytest.raises(Refused, match="asked at each visit by video"):
        integration.keep_visit(after, booking.id, **words)
    actions.write_where(after, booking.id, *ELM_STREET)
    integration.keep_visit(after, booking.id, **words)


def test_the_way_in_opens_in_time_and_after_the_answers(elm: House, see: Callable[..., Any]) -> None:
    booking = by_video(elm)
    me, page = booking.patient.user, f"/me/visits/{booking.id}/"
    actions.keep_video_room(elm.act(Role.THERAPIST, MONDAY), "https://video.example/holt")
    early = see(me, page, just_before(booking, 45)).content.decode()
    assert "This page opens" in early and "video.example" not in early
    ready = see(me, page, just_before(booking)).content.decode()
    assert "where are you now?" in ready and "video.example" not in ready
    answers: dict[str, object] = {"place": ELM_STREET[0], "state": "ct", "callback": "555"}
    said = see(me, page, just_before(booking), answers).content.decode()
    assert "whole telephone number" in said and "12 Elm Street" in said, "nothing typed is lost"
    assert see(me, page, just_before(booking), {**answers, "callback": ELM_STREET[2]}).status_code == 302
    joined = see(me, page, just_before(booking)).content.decode()
    assert 'href="https://video.example/holt"' in joined and "203-555-0142" in joined
    record = Whereabouts.objects.get()
    assert b"Elm Street" not in bytes(record.place_sealed) and record.state == "CT"
    assert "This visit is over." in see(me, page, Instant(booking.ends_at + timedelta(hours=1))).content.decode()


def test_the_therapist_sees_where_and_is_warned_of_another_state(elm: House, see: Callable[..., Any]) -> None:
    booking = by_video(elm)
    therapist, page = elm.staff[Role.THERAPIST], f"/visits/{booking.id}/"
    assert "Not asked yet." in see(therapist, page, just_before(booking)).content.decode()
    me = elm.as_patient(booking.patient, just_before(booking))
    actions.tell_where(me, booking.id, "4 Hudson Street, Albany", "NY", "518-555-0101")
    shown = see(therapist, page, just_before(booking, 5)).content.decode()
    assert "4 Hudson Street, Albany, NY" in shown and "not in CT: check that you may see them there" in shown
    sent = {"place": "9 Chapel Street, New Haven", "state": "CT", "callback": "203-555-0107"}
    assert see(therapist, f"{page}place/", just_before(booking, 5), sent).status_code == 302
    newest = queries.where(elm.act(Role.THERAPIST, just_before(booking, 4)), booking)
    assert newest and newest.place == "9 Chapel Street, New Haven" and not newest.elsewhere
    assert Whereabouts.objects.count() == 2, "what was said first stays"


def test_nobody_else_s_visit_and_none_in_the_clinic(elm: House) -> None:
    booking, other = by_video(elm), by_video(elm, "ben")
    me = elm.as_patient(booking.patient, just_before(booking))
    with pytest.raises(NotThere):
        actions.tell_where(me, other.id, *ELM_STREET)
    with pytest.raises(NotAllowed):
        actions.keep_video_room(me, "https://video.example/mine")
    dose = Booking.objects.get(patient=booking.patient, kind=BookingKind.DOSING, number=1)
    with pytest.raises(NotThere):
        actions.tell_where(me, dose.id, *ELM_STREET)
    with pytest.raises(Refused, match="at the visit itself"):
        actions.tell_where(elm.as_patient(booking.patient, MONDAY), booking.id, *ELM_STREET)


def test_a_room_is_https_or_none(elm: House) -> None:
    therapist = elm.act(Role.THERAPIST, MONDAY)
    with pytest.raises(Refused, match="begins with https"):
        actions.keep_video_room(therapist, "http://video.example/holt")
    for odd in ("https://", "https://a b.example/", 'https://video.example/" onmouseover=', "https://me:pw@evil.example",
                "https://video.example/\nx", "https://localhost"):  # fmt: skip
        with pytest.raises(Refused, match="as it stands in your browser"):
            actions.keep_video_room(therapist, odd)
    actions.keep_video_room(therapist, "HTTPS://video.example/holt")
    actions.keep_video_room(therapist, "")
    assert queries.room_of(therapist, therapist.actor) == ""
