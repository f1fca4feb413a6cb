"""The wait list: a pair that is given back goes, whole, to one who waits; whoever takes it first has it."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests import cast
from tests.cast import MONDAY, House, Story

from kapstone.care.evidence import default_policy
from kapstone.care.plan import TherapyForm, in_window
from kapstone.care.plan.consent import Drug
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.models import Booking, Room
from kapstone.clinic.ground.people.doing import NotThere, Refused
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.plan import actions as plan
from kapstone.clinic.plan.actions import NewCourse
from kapstone.clinic.plan.consent.actions import withdraw
from kapstone.clinic.plan.models import Dose
from kapstone.clinic.plan.waiting import actions, queries

LATER = Instant(MONDAY + timedelta(hours=1))


LOOKED_AT = LATER
"""When pages are looked at, where a test says nothing else."""


def booked(house: House, name: str, first: date) -> tuple[Story, Dose]:
    """One dose with its visit, from a day on."""
    story = cast.evaluated(house, name)
    therapist = house.staff[Role.THERAPIST].id
    new = NewCourse("iv", Decimal(35), Decimal(70), 1, first, time(9, 30), TherapyForm.EACH_DOSE, therapist)
    course = plan.plan_course(house.act(Role.PRESCRIBER, MONDAY), story.patient.id, new)
    return story, Dose.objects.select_related("booking", "course__patient").get(course=course)


def give_back(house: House, story: Story) -> None:
    """The course ends, and its times with it."""
    plan.end_course(house.act(Role.PRESCRIBER, LATER), story.patient.id, "declined", "The patient thought again")


def test_a_freed_pair_is_offered_whole_and_taken_once(elm: House) -> None:
    ana, early = booked(elm, "ana", date(2026, 11, 9))
    (ben, late), (cleo, later) = booked(elm, "ben", date(2026, 11, 23)), booked(elm, "cleo", date(2026, 11, 30))
    starts = (Instant(early.booking.starts_at), Instant(early.booking.pairs.get().starts_at))
    me, her = elm.as_patient(ben.patient, LATER), elm.as_patient(cleo.patient, LATER)
    for act, dose in ((me, late), (her, later)):
        actions.wait_myself(act, dose.id)
        assert actions.wait_myself(act, dose.id), "waiting twice is waiting once"
    desk = elm.act(Role.FRONT_DESK, LATER)
    assert queries.offers(desk) == ([], True)
    give_back(elm, ana)
    (offer,), _ = queries.offers(desk)
    assert offer.waiting.dose_id == late.id, "the longest wait first, and no pair to two people"
    assert offer.way.starts == starts
    waits = queries.waits(her, later)
    assert waits and queries.offers_for(her, waits, queries.freed(her)), "she sees it too, until it is taken"
    actions.take_my_offer(me, late.id, starts)
    booking = Booking.objects.get(id=late.booking_id)
    visit = booking.pairs.get(cancelled_at=None)
    assert (booking.starts_at, visit.starts_at) == starts
    assert booking.dose_ends_at
    assert in_window(Instant(visit.starts_at), Instant(booking.dose_ends_at), default_policy())
    with pytest.raises(Refused, match=r"times have changed|taken"):
        actions.take_my_offer(her, later.id, starts)
    assert Booking.objects.get(id=later.booking_id).starts_at == later.booking.starts_at
    assert [one.dose_id for one in queries.waiting(desk)] == [later.id]


def test_a_time_from_which_a_pair_moved_is_freed_too(elm: House) -> None:
    _, early = booked(elm, "ana", date(2026, 11, 9))
    ben, late = booked(elm, "ben", date(2026, 11, 23))
    actions.wait_for(elm.act(Role.FRONT_DESK, LATER), late.id)
    before = {Instant(early.booking.starts_at), Instant(early.booking.pairs.get().starts_at)}
    from kapstone.clinic.plan.moving import actions as moving
    from kapstone.clinic.plan.moving.queries import ways_to_move

    desk = elm.act(Role.FRONT_DESK, LATER)
    ways, _ = ways_to_move(desk, early)
    way = next(one for one in ways if not set(one.starts) & before)
    moving.move_dose(desk, early.id, way.starts)
    (offer,), _ = queries.offers(desk)
    assert set(offer.way.starts) == before and offer.waiting.dose.course.patient_id == ben.patient.id


def test_the_pages_put_on_offer_and_take_off(elm: House, see: Callable[..., Any]) -> None:
    ana, _ = booked(elm, "ana", date(2026, 11, 9))
    ben, late = booked(elm, "ben", date(2026, 11, 23))
    mine, desk = f"/me/doses/{late.id}/wait/", elm.staff[Role.FRONT_DESK]
    assert "Put me on the wait list" in see(ben.patient.user, mine).content.decode()
    assert see(ben.patient.user, mine, {}).status_code == 302
    assert "No earlier time that fits you" in see(ben.patient.user, mine).content.decode()
    give_back(elm, ana)
    answer = see(ben.patient.user, mine)
    assert "that was given back" in answer.content.decode()
    listed = see(desk, "/calendar/waiting/")
    assert "Freed" in listed.content.decode() and ben.patient.name in listed.content.decode()
    shown = listed.context["rows"][0][1]
    assert see(desk, "/calendar/waiting/", {"dose": str(late.id), "shown": shown}).status_code == 302
    assert Booking.objects.get(id=late.booking_id).starts_at < late.booking.starts_at
    assert "Nobody waits" in see(desk, "/calendar/waiting/").content.decode()
    assert see(ana.patient.user, mine).status_code == 404


def test_who_took_the_consent_back_is_offered_nothing(elm: House) -> None:
    ana, _ = booked(elm, "ana", date(2026, 11, 9))
    ben, late = booked(elm, "ben", date(2026, 11, 23))
    me, desk = elm.as_patient(ben.patient, LATER), elm.act(Role.FRONT_DESK, Instant(LATER + timedelta(minutes=5)))
    actions.wait_myself(me, late.id)
    give_back(elm, ana)
    (offer,), _ = queries.offers(desk)
    withdraw(me, Drug.RACEMIC)
    assert queries.offers(desk) == ([], True)
    with pytest.raises(Refused, match="A clinician talks with the patient before"):
        actions.give_offer(desk, late.id, offer.way.starts)


def test_a_pair_that_was_taken_again_is_no_longer_free(elm: House) -> None:
    ana, _ = booked(elm, "ana", date(2026, 11, 9))
    give_back(elm, ana)
    desk = elm.act(Role.FRONT_DESK, Instant(LATER + timedelta(minutes=5)))
    (pair,) = queries.freed(desk)
    for room in Room.objects.filter(clinic=elm.clinic, kind="treatment"):
        for _ in range(room.chairs):
            Booking.objects.create(
                id=uuid7(desk.at), clinic=elm.clinic, patient=ana.patient, kind="dosing", number=1, room=room,
                starts_at=pair.dose, ends_at=pair.dose + timedelta(hours=2), made_at=desk.at, made_by=desk.person,
            )  # fmt: skip
    assert queries.freed(desk) == []


def test_what_cannot_wait(elm: House) -> None:
    ana, dose = booked(elm, "ana", date(2026, 11, 9))
    ben, _ = booked(elm, "ben", date(2026, 11, 23))
    with pytest.raises(NotThere):
        actions.wait_myself(elm.as_patient(ben.patient, LATER), dose.id)
    give_back(elm, ana)
    with pytest.raises(Refused, match="its course has ended"):
        actions.wait_for(elm.act(Role.FRONT_DESK, LATER), dose.id)
