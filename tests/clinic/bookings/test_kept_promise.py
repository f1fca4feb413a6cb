"""The promise under stress: nothing in the past, nobody in two places, a visit owed is seen and placed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests import cast
from tests.cast import DOSE_DAY, MONDAY, House, Story

from kapstone.care.evidence import default_policy
from kapstone.care.plan import TherapyForm, in_window
from kapstone.care.quantities import Instant
from kapstone.care.quantities.moments import instant
from kapstone.clinic.ground.bookings.hours import actions as hours
from kapstone.clinic.ground.bookings.hours.actions import NewHours
from kapstone.clinic.ground.bookings.models import Booking
from kapstone.clinic.ground.people import actions as people
from kapstone.clinic.ground.people.doing import NotThere, Refused
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Membership, Patient, User
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.plan import actions as plan
from kapstone.clinic.plan.actions import NewCourse
from kapstone.clinic.plan.models import Course, Dose, DoseBegun
from kapstone.clinic.plan.moving import actions as moving
from kapstone.clinic.plan.moving import queries as read
from kapstone.clinic.plan.touched import queries as standing
from kapstone.clinic.session import actions as session

POLICY = default_policy()
LATER = Instant(MONDAY + timedelta(hours=1))


LOOKED_AT = LATER
"""When pages are looked at, where a test says nothing else."""


def local(house: House, text: str) -> Instant:
    """A local moment of the clinic."""
    return instant(datetime.fromisoformat(text).replace(tzinfo=house.clinic.zone))


def course(house: House, name: str, day: date, doses: int = 1, therapist: User | None = None, **more: Any) -> Course:
    """A course of IV doses from eight in the morning on, planned on Monday."""
    story = cast.evaluated(house, name)
    new = NewCourse(
        format_id="iv",
        mg=Decimal(35),
        weight_kg=Decimal(70),
        doses=doses,
        first_day=day,
        hour=more.pop("hour", time(8)),
        therapy_form=TherapyForm.EACH_DOSE,
        therapist_id=(therapist or house.staff[Role.THERAPIST]).id,
        **more,
    )
    return plan.plan_course(house.act(Role.PRESCRIBER, MONDAY), story.patient.id, new)


def first_dose(story: Story) -> Dose:
    """The first dose of a story with its booking."""
    return Dose.objects.select_related("booking", "course__patient").get(id=story.ids["dose_id"])


def in_two_places() -> list[tuple[str, datetime]]:
    """Every therapist or one-chair room that two bookings hold at once."""
    found = []
    every = list(Booking.objects.filter(cancelled_at=None).select_related("room", "staff"))
    for n, one in enumerate(every):
        for other in every[n + 1 :]:
            if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
                if one.staff_id and one.staff_id == other.staff_id:
                    found.append((str(one.staff), one.starts_at))
                if one.room and one.room_id == other.room_id and one.room.chairs == 1:
                    found.append((one.room.name, one.starts_at))
    return found


@pytest.mark.mitigates("M-127")
def test_nothing_is_booked_or_moved_into_the_past(elm: House) -> None:
    booked = course(elm, "ana", MONDAY.astimezone(elm.clinic.zone).date())
    dose = Dose.objects.select_related("booking", "course__patient").get(course=booked)
    assert dose.booking.starts_at >= MONDAY
    tuesday = course(elm, "ben", date(2026, 11, 3), hour=time(15))
    dose = Dose.objects.select_related("booking", "course__patient").get(course=tuesday)
    two = local(elm, "2026-11-03T14:00")
    ways, _ = read.ways_to_move(elm.act(Role.FRONT_DESK, two), dose)
    assert ways and all(start >= two for way in ways for start in way.starts)


@pytest.mark.mitigates("M-127")
def test_what_stays_of_those_who_move_is_nobody_elses(elm: House) -> None:
    lead, therapist = elm.act(Role.CLINIC_LEAD, MONDAY), elm.staff[Role.THERAPIST]
    every = frozenset(range(5))
    hours.add_hours(lead, NewHours(therapist.id, "work", every, time(11), time(14), date(2026, 11, 2)))
    ana = course(elm, "ana", date(2026, 11, 3), doses=2)
    course(elm, "ben", date(2026, 11, 5))
    visit = Booking.objects.get(patient=ana.patient, kind="integration", number=1)
    at = local(elm, "2026-11-03T08:30")
    lead = elm.act(Role.CLINIC_LEAD, at)
    for hour in (11, 12, 13):
        start = local(elm, f"2026-11-04T{hour}:00")
        if start != visit.starts_at:
            hours.close(lead, start, Instant(start + timedelta(hours=1)), therapist.id, None)
    hours.close(lead, local(elm, "2026-11-05T00:00"), local(elm, "2026-11-07T00:00"), None, None)
    stood = visit.starts_at
    found = read.replan(lead)
    assert found.shifts, found.why
    moving.move_touched(lead, found.starts, "closed")
    visit.refresh_from_db()
    assert in_two_places() == [] and visit.starts_at == stood


@pytest.mark.mitigates("M-127")
def test_a_new_plan_keeps_two_doses_in_seven_days_with_those_given(elm: House) -> None:
    booked = course(elm, "ana", date(2026, 11, 3), doses=3)
    days = [one.booking.starts_at.astimezone(elm.clinic.zone).date() for one in _doses(booked)]
    at = local(elm, f"{days[1] + timedelta(days=1)}T09:00")
    lead = elm.act(Role.CLINIC_LEAD, at)
    nurse = elm.staff[Role.NURSE].id
    for one in _doses(booked)[:2]:
        DoseBegun.objects.create(id=uuid7(at), clinic=elm.clinic, dose=one, at=one.booking.starts_at)
    hours.close(lead, local(elm, f"{days[2]}T00:00"), local(elm, f"{days[2]}T23:00"), nurse, None)
    found = read.replan(lead)
    moving.move_touched(lead, found.starts, "the nurse is away")
    after = [one.booking.starts_at.astimezone(elm.clinic.zone).date() for one in _doses(booked)]
    assert after[:2] == days[:2] and after[2] != days[2]
    assert all(sum(first <= one < first + timedelta(days=7) for one in after) <= 2 for first in after)


def _doses(booked: Course) -> list[Dose]:
    return list(booked.planned.select_related("booking").order_by("number"))


@pytest.mark.mitigates("M-128")
def test_the_visit_after_a_dose_given_is_seen_and_moved_by_itself(elm: House, see: Callable[..., Any]) -> None:
    story = cast.released(elm, "ana")
    dose = first_dose(story)
    at = Instant(DOSE_DAY + timedelta(hours=4))
    lead, desk = elm.act(Role.CLINIC_LEAD, at), elm.staff[Role.FRONT_DESK]
    visit = dose.booking.pairs.get()
    assert standing.touched(lead) == [] and standing.orphans(lead) == []
    hours.close(lead, at, Instant(visit.starts_at + timedelta(minutes=30)), elm.staff[Role.THERAPIST].id, None)
    gone = [one for one in standing.touched(lead) if one.booking == visit]
    assert [(one.dose, one.by) for one in gone] == [(dose, standing.By.VISIT)] and "is not there" in gone[0].why
    assert "cannot stay" in see(desk, "/board/", at=at).content.decode()
    assert f"/doses/{dose.id}/visit/" in see(desk, "/calendar/touched/", at=at).content.decode()
    page = see(desk, f"/doses/{dose.id}/visit/", at=at).content.decode()
    times = read.visit_wanted(elm.act(Role.FRONT_DESK, at), dose, POLICY)
    assert "nothing else moves" in page and times.opens <= visit.starts_at <= times.closes
    assert see(desk, f"/doses/{dose.id}/visit/", {"start": at.isoformat()}, at=at).status_code == 200, "not offered"
    start = page.split('name="start" value="')[1].split('"')[0]
    assert see(desk, f"/doses/{dose.id}/visit/", {"start": start, "reason": "away"}, at=at).status_code == 302
    visit.refresh_from_db()
    assert visit.starts_at.isoformat() == datetime.fromisoformat(start).isoformat()
    assert dose.booking.dose_ends_at and in_window(
        Instant(visit.starts_at), Instant(dose.booking.dose_ends_at), POLICY
    )
    assert in_two_places() == []
    assert [one for one in standing.touched(lead) if one.booking == visit] == []


@pytest.mark.mitigates("M-128")
def test_a_dose_that_ends_late_moves_the_window_and_says_so(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    dose = first_dose(story)
    visit = dose.booking.pairs.get()
    end = Instant(visit.starts_at - timedelta(hours=21, milliseconds=-500))
    session.stop_dose(elm.act(Role.NURSE, end), story.ids["session_id"], "It ran late")
    dose.booking.refresh_from_db()
    assert dose.booking.dose_ends_at == end
    desk = elm.act(Role.FRONT_DESK, Instant(end + timedelta(minutes=5)))
    assert [one.id for one in standing.orphans(desk)] == [dose.id]
    wanted = read.visit_wanted(desk, dose, POLICY)
    start = next(one.starts_at for one in times(elm, wanted, desk.at))
    moving.move_visit(desk, dose.id, start, "the dose ended late")
    fresh = first_dose(story)
    assert standing.orphans(desk) == [] and in_window(start, end, POLICY)
    assert fresh.booking.pairs.get().starts_at == start


def times(house: House, wanted: Any, at: Instant) -> list[Any]:
    """The times that are offered for a visit alone."""
    from kapstone.clinic.ground.bookings.alone.queries import times_for

    return times_for(house.clinic, POLICY, wanted, at)


def test_the_end_of_a_course_leaves_the_visit_after_a_dose_given(elm: House) -> None:
    story = cast.released(elm, "ana")
    at = Instant(DOSE_DAY + timedelta(hours=4))
    plan.end_course(elm.act(Role.PRESCRIBER, at), story.patient.id, "stopped", "The patient wants no more doses")
    standing_bookings = Booking.objects.filter(patient=story.patient, cancelled_at=None, starts_at__gt=at)
    assert [(one.kind, one.number) for one in standing_bookings] == [("integration", 1)]


def test_the_visit_of_somebody_who_died_is_cancelled(elm: House) -> None:
    story = cast.released(elm, "ana")
    at = Instant(DOSE_DAY + timedelta(hours=4))
    plan.end_course(elm.act(Role.PRESCRIBER, at), story.patient.id, "died", "Told by the family")
    assert not Booking.objects.filter(patient=story.patient, cancelled_at=None, starts_at__gt=at).exists()
    assert standing.orphans(elm.act(Role.CLINIC_LEAD, at)) == []


@pytest.mark.mitigates("M-128")
@pytest.mark.parametrize("how", ["all", "dose", "visit"])
def test_an_orphan_gets_its_visit(elm: House, how: str) -> None:
    story = cast.planned(elm, "ana")
    dose = Dose.objects.select_related("booking", "course__patient").get(course__patient=story.patient, number=2)
    dose.booking.pairs.update(cancelled_at=LATER)
    desk = elm.act(Role.FRONT_DESK, LATER)
    assert [one.id for one in standing.orphans(desk)] == [dose.id]
    if how == "all":
        found = read.replan(desk)
        assert [(one.what, one.now) for one in found.shifts] == [("Integration visit 2", None)]
        moving.move_touched(desk, found.starts)
    elif how == "dose":
        ways, _ = read.ways_to_move(desk, dose)
        moving.move_dose(desk, dose.id, ways[0].starts)
    else:
        moving.move_visit(desk, dose.id, times(elm, read.visit_wanted(desk, dose, POLICY), LATER)[0].starts_at)
    assert standing.orphans(desk) == []
    assert Booking.objects.get(pair=dose.booking, cancelled_at=None).number == 2


def test_a_preparation_visit_is_seen_and_moved(elm: House, see: Callable[..., Any]) -> None:
    course(elm, "ana", date(2026, 11, 9), preparation=1)
    visit = Booking.objects.get(kind="preparation")
    lead, desk = elm.act(Role.CLINIC_LEAD, LATER), elm.staff[Role.FRONT_DESK]
    hours.close(lead, Instant(visit.starts_at), Instant(visit.ends_at), elm.staff[Role.THERAPIST].id, None)
    assert [one.booking for one in standing.touched(lead)] == [visit]
    assert read.replan(lead).starts == {}, "it moves by hand"
    page = see(desk, f"/preparations/{visit.id}/move/").content.decode()
    start = page.split('name="start" value="')[1].split('"')[0]
    assert see(desk, f"/preparations/{visit.id}/move/", {"start": start}).status_code == 302
    assert standing.touched(lead) == []
    assert see(desk, f"/preparations/{uuid7(MONDAY)}/move/").status_code == 404


@pytest.mark.mitigates("M-119")
def test_who_left_or_works_other_hours_now_is_not_there(elm: House) -> None:
    story = cast.planned(elm, "ana")
    lead, therapist = elm.act(Role.CLINIC_LEAD, LATER), elm.staff[Role.THERAPIST]
    line = hours.add_hours(lead, NewHours(therapist.id, "work", frozenset({6}), time(8), time(16), date(2026, 11, 2)))
    assert {one.booking.patient_id for one in standing.touched(lead)} == {story.patient.id}
    hours.end_hours(lead, line.id)
    assert standing.touched(lead) == []
    Membership.objects.filter(user=therapist).update(until=LATER)
    gone = standing.touched(lead)
    assert gone and all("is not on the staff any more" in one.why for one in gone)


def test_nobody_with_two_roles_is_in_two_places(elm: House) -> None:
    both = elm.staff[Role.PRESCRIBER]
    held = Membership.objects.get(user=both)
    held.pk, held.role = (uuid7(MONDAY) if isinstance(held.pk, type(elm.clinic.id)) else None), Role.THERAPIST
    held._state.adding = True
    held.save()
    people.add_staff(elm.clinic, MONDAY, name="Second", email="second@elm.example", roles=[Role.PRESCRIBER])
    course(elm, "ana", date(2026, 11, 4))
    course(elm, "ben", date(2026, 11, 3), therapist=both)
    for visit in Booking.objects.filter(kind="integration", staff=both):
        for dose in Booking.objects.filter(kind="dosing"):
            for part in dose.cover:
                begins, ends = (datetime.fromisoformat(part[end]) for end in ("from", "to"))
                assert part["person"] != str(both.id) or ends <= visit.starts_at or visit.ends_at <= begins


def test_a_guest_sees_only_those_who_were_given_to_them(elm: House) -> None:
    guest = elm.staff[Role.GUEST_THERAPIST]
    with pytest.raises(Refused, match="is a guest and was not given this patient"):
        course(elm, "ana", date(2026, 11, 9), therapist=guest)
    ana = Patient.objects.get(name__contains="ana")
    people.give(elm.act(Role.CLINIC_LEAD, MONDAY), ana.id, guest.id)
    new = NewCourse("iv", Decimal(35), Decimal(70), 1, date(2026, 11, 9), time(8), TherapyForm.EACH_DOSE, guest.id)
    plan.plan_course(elm.act(Role.PRESCRIBER, MONDAY), ana.id, new)
    course(elm, "ben", date(2026, 11, 9))
    lead = elm.act(Role.CLINIC_LEAD, LATER)
    away = elm.staff[Role.THERAPIST].id
    hours.close(lead, local(elm, "2026-11-03T00:00"), local(elm, "2026-12-30T00:00"), away, None)
    hours.close(lead, local(elm, "2026-11-09T00:00"), local(elm, "2026-11-12T00:00"), guest.id, None)
    found = read.replan(lead)
    assert found.starts == {} and found.why, "the guest is no stand-in for Ben"


def test_who_works_here_and_is_a_patient_moves_only_their_own(elm: House, see: Callable[..., Any]) -> None:
    ana, ben = cast.planned(elm, "ana"), cast.evaluated(elm, "ben")
    therapist = elm.staff[Role.THERAPIST]
    Patient.objects.filter(id=ben.patient.id).update(user=therapist)
    dose = Dose.objects.select_related("booking", "course__patient").get(course__patient=ana.patient, number=2)
    ways, _ = read.ways_to_move(elm.act(Role.FRONT_DESK, LATER), dose)
    shown = ",".join(one.isoformat() for one in ways[-1].starts)
    assert see(therapist, f"/me/doses/{dose.id}/move/", {"shown": shown}).status_code == 404
    assert see(therapist, f"/me/doses/{dose.id}/wait/", {}).status_code == 404
    before = dose.booking.starts_at
    dose.booking.refresh_from_db()
    assert dose.booking.starts_at == before
    from kapstone.clinic.plan.waiting import actions as waiting

    acting = replace(elm.act(Role.THERAPIST, LATER), roles=frozenset({Role.THERAPIST, Role.PATIENT}))
    for mine in (waiting.wait_myself, waiting.wait_no_more_myself):
        with pytest.raises(NotThere):
            mine(acting, dose.id)


@pytest.mark.parametrize("page", ["day/0001-01-01", "day/9999-12-31", "week/0001-01-01", "week/9999-12-31"])
def test_a_day_that_no_calendar_has_is_not_there(elm: House, see: Callable[..., Any], page: str) -> None:
    assert see(elm.staff[Role.FRONT_DESK], f"/calendar/{page}/").status_code == 404


def test_a_dose_that_was_not_given_is_told_and_moved(elm: House, see: Callable[..., Any]) -> None:
    story = cast.planned(elm, "ana")
    dose, desk = first_dose(story), elm.staff[Role.FRONT_DESK]
    here = session.arrive(elm.act(Role.NURSE, DOSE_DAY), dose.id)
    called_off = Instant(DOSE_DAY + timedelta(minutes=20))
    session.not_today(elm.act(Role.NURSE, called_off), here.id, "Fever")
    evening = Instant(dose.booking.ends_at + timedelta(hours=1))
    act = elm.act(Role.FRONT_DESK, evening)
    assert [(one.dose, one.by) for one in standing.touched(act)] == [(dose, standing.By.DOSE)]
    assert "was not given: move it, or end the course" in see(desk, "/board/", at=evening).content.decode()
    assert f"/doses/{dose.id}/move/" in see(desk, "/calendar/touched/", at=evening).content.decode()
    Booking.objects.filter(patient=story.patient, number=2).update(cancelled_at=LATER)
    ways, why = read.ways_to_move(act, dose)
    assert ways, why
    moving.move_dose(act, dose.id, ways[0].starts, "fever")
    assert standing.touched(act) == [] and first_dose(story).booking.starts_at > evening
    again = Instant(first_dose(story).booking.starts_at)
    assert session.arrive(elm.act(Role.NURSE, again), dose.id).id != here.id


def test_the_visit_is_looked_at_while_the_dose_is_late(elm: House) -> None:
    story = cast.planned(elm, "ana")
    dose = first_dose(story)
    late = Instant(dose.booking.starts_at + timedelta(minutes=10))
    lead, visit = elm.act(Role.CLINIC_LEAD, late), dose.booking.pairs.get()
    hours.close(lead, late, Instant(visit.starts_at + timedelta(minutes=30)), elm.staff[Role.THERAPIST].id, None)
    assert (visit.id, standing.By.VISIT) in {(one.booking.id, one.by) for one in standing.touched(lead)}


def test_hours_that_begin_later_make_no_alarm_today(elm: House) -> None:
    cast.planned(elm, "ana")
    course(elm, "ben", date(2026, 12, 15))
    lead, therapist = elm.act(Role.CLINIC_LEAD, LATER), elm.staff[Role.THERAPIST]
    line = NewHours(therapist.id, "work", frozenset(range(5)), time(8), time(18), date(2026, 12, 1))
    hours.add_hours(lead, line)
    assert standing.touched(lead) == [], "before the first line the clinic's own hours count"


def test_the_board_stands_where_the_calendar_cannot_be_read(elm: House, see: Callable[..., Any]) -> None:
    cast.planned(elm, "ana")
    elm.clinic.closes = time(15)
    elm.clinic.save()
    page = see(elm.staff[Role.FRONT_DESK], "/board/")
    assert page.status_code == 200 and "The calendar cannot be worked out" in page.content.decode()


def test_a_new_course_keeps_its_distance_from_the_last_dose(elm: House) -> None:
    story = cast.released(elm, "ana")
    at = Instant(DOSE_DAY + timedelta(hours=4))
    doctor = elm.act(Role.PRESCRIBER, at)
    plan.end_course(doctor, story.patient.id, "stopped", "Another begins")
    therapist = elm.staff[Role.THERAPIST].id
    day = (date(2026, 11, 4), time(8))
    new = NewCourse("iv", Decimal(35), Decimal(70), 1, *day, TherapyForm.EACH_DOSE, therapist)
    made = plan.plan_course(doctor, story.patient.id, new)
    first = made.planned.select_related("booking").get().booking.starts_at
    assert (first.astimezone(elm.clinic.zone).date() - date(2026, 11, 3)).days >= 2
