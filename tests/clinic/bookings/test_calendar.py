"""The calendar on the records: pairs move whole, absences name whom they touch, the last time goes to one."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from tests import cast
from tests.cast import MONDAY, House, Story
from tests.journeys.conftest import own_database

from kapstone.care.evidence import default_policy
from kapstone.care.plan import TherapyForm, in_window
from kapstone.care.quantities import Instant
from kapstone.care.quantities.moments import instant
from kapstone.clinic.ground.bookings.calendar.queries import ask
from kapstone.clinic.ground.bookings.feed.actions import end_feed, make_feed
from kapstone.clinic.ground.bookings.hours import actions as hours
from kapstone.clinic.ground.bookings.hours.actions import NewHours
from kapstone.clinic.ground.bookings.models import Booking, Moved
from kapstone.clinic.ground.people.doing import NotThere, Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed
from kapstone.clinic.plan import actions as plan
from kapstone.clinic.plan.actions import NewCourse
from kapstone.clinic.plan.models import Dose
from kapstone.clinic.plan.moving import actions as moving
from kapstone.clinic.plan.moving import queries as read
from kapstone.clinic.plan.touched import queries as standing

POLICY = default_policy()
ROOT = Path(__file__).parents[3]
LATER = Instant(MONDAY + timedelta(hours=1))


def local(house: House, text: str) -> Instant:
    """A wall-clock time of the clinic."""
    return instant(datetime.fromisoformat(text).replace(tzinfo=house.clinic.zone))


def second(story: Story) -> Dose:
    """The second dose of the course."""
    return Dose.objects.select_related("booking", "course__patient").get(course__patient=story.patient, number=2)


def pair(dose: Dose) -> tuple[Booking, Booking]:
    """A dose's booking and its visit, fresh."""
    booking = Booking.objects.get(id=dose.booking_id)
    return booking, booking.pairs.get(cancelled_at=None)


def test_a_course_is_booked_with_its_visits_and_its_people(elm: House) -> None:
    story = cast.planned(elm, "ana")
    for dose in Dose.objects.filter(course__patient=story.patient):
        booking, visit = pair(dose)
        assert booking.dose_ends_at is not None
        assert in_window(Instant(visit.starts_at), Instant(booking.dose_ends_at), POLICY)
        assert {each["role"] for each in booking.cover} == {"nurse", "prescriber"}
        assert visit.staff == elm.staff[Role.THERAPIST]
        assert booking.format == "iv" and booking.room is not None and visit.room is not None


def test_a_dose_moves_with_its_visit_and_the_old_times_are_kept(elm: House) -> None:
    story = cast.planned(elm, "ana")
    dose, desk = second(story), elm.act(Role.FRONT_DESK, LATER)
    before = pair(dose)
    ways, _ = read.ways_to_move(desk, dose)
    moved = moving.move_dose(desk, dose.id, ways[1].starts, "asked by phone")
    booking, visit = pair(dose)
    assert (booking.starts_at, visit.starts_at) == ways[1].starts
    assert booking.starts_at != before[0].starts_at
    assert booking.dose_ends_at and in_window(Instant(visit.starts_at), Instant(booking.dose_ends_at), POLICY)
    kept = Moved.objects.get(booking=booking)
    assert (kept.starts_before, kept.reason) == (before[0].starts_at, "asked by phone")
    assert len(moved) >= 1


@pytest.mark.mitigates("M-118")
def test_a_pair_is_never_moved_by_halves(elm: House) -> None:
    """Times that were not shown, such as a visit outside its window, move nothing."""
    story = cast.planned(elm, "ana")
    dose, desk = second(story), elm.act(Role.FRONT_DESK, LATER)
    before = pair(dose)
    late = Instant(before[0].starts_at + timedelta(days=5))
    for starts in ((), (Instant(before[0].starts_at + timedelta(hours=1)),), (Instant(before[0].starts_at), late)):
        with pytest.raises(Refused, match="times have changed"):
            moving.move_dose(desk, dose.id, starts)
    assert [one.starts_at for one in pair(dose)] == [one.starts_at for one in before]
    assert not Moved.objects.exists()


def test_doses_keep_their_distance_when_one_moves(elm: House) -> None:
    story = cast.planned(elm, "ana", doses=4)
    dose, desk = second(story), elm.act(Role.FRONT_DESK, LATER)
    wish = read.wish_to_move(desk, dose, POLICY)
    days = {one.number: one.booking.starts_at.astimezone(elm.clinic.zone).date() for one in dose.course.planned.all()}
    assert wish.first_day == days[1] + timedelta(days=2)
    assert wish.last_day == days[3] - timedelta(days=2)
    ways, _ = read.ways_to_move(desk, dose)
    for way in ways:
        every = sorted([way.doses[0].starts_at.astimezone(elm.clinic.zone).date(), days[1], days[3], days[4]])
        for first in every:
            assert sum(first <= one < first + timedelta(days=7) for one in every) <= 2


def test_patients_move_their_own_until_two_days_before(elm: House) -> None:
    story, other = cast.planned(elm, "ana"), cast.planned(elm, "ben")
    dose = second(story)
    mine = elm.as_patient(story.patient, LATER)
    ways, _ = read.ways_to_move(mine, dose)
    moving.move_my_dose(mine, dose.id, ways[-1].starts)
    assert pair(dose)[0].starts_at == ways[-1].doses[0].starts_at
    soon = elm.as_patient(story.patient, Instant(pair(dose)[0].starts_at - timedelta(hours=47)))
    with pytest.raises(Refused, match=r"less than 48 hours away\. Please call 203-555-0100"):
        moving.move_my_dose(soon, dose.id, ways[0].starts)
    with pytest.raises(NotThere):
        moving.move_my_dose(mine, second(other).id, ways[0].starts)
    with pytest.raises(NotAllowed):
        moving.move_dose(mine, dose.id, ways[0].starts)


@pytest.mark.mitigates("M-119")
def test_an_absence_names_whom_it_touches_and_moves_them_all_at_once(elm: House) -> None:
    ana, ben = cast.planned(elm, "ana"), cast.planned(elm, "ben")
    lead = elm.act(Role.CLINIC_LEAD, LATER)
    assert standing.touched(lead) == [] and standing.orphans(lead) == []
    visit = pair(second(ana))[1]
    day = visit.starts_at.astimezone(elm.clinic.zone).date()
    hours.close(lead, local(elm, f"{day}T00:00"), local(elm, f"{day + timedelta(days=1)}T00:00"),
                elm.staff[Role.THERAPIST].id, None)  # fmt: skip
    touched = standing.touched(lead)
    assert visit.id in {one.booking.id for one in touched}
    found = read.replan(lead)
    assert found.why == () and found.people >= 1
    stayed = {one.id: one.starts_at for one in Booking.objects.filter(cancelled_at=None)}
    moving.move_touched(lead, found.starts, "the therapist is away")
    assert standing.touched(lead) == [] and standing.orphans(lead) == []
    moved = {one.booking_id for one in Moved.objects.all()}
    for one in Booking.objects.filter(cancelled_at=None):
        assert (one.starts_at != stayed[one.id]) <= (one.id in moved)
    for story in (ana, ben):
        for dose in Dose.objects.filter(course__patient=story.patient):
            booking, after = pair(dose)
            assert booking.dose_ends_at
            assert in_window(Instant(after.starts_at), Instant(booking.dose_ends_at), POLICY)


def test_a_nurse_who_is_away_touches_the_doses_that_are_hers(elm: House) -> None:
    story = cast.planned(elm, "ana")
    lead = elm.act(Role.CLINIC_LEAD, LATER)
    closed = hours.close(lead, LATER, Instant(LATER + timedelta(days=60)), elm.staff[Role.NURSE].id, None)
    assert {one.booking.patient_id for one in standing.touched(lead)} == {story.patient.id}
    found = read.replan(lead)
    assert found.starts == {} and "without a nurse on duty" in found.why[0]
    hours.reopen(lead, closed.id)
    assert standing.touched(lead) == []
    with pytest.raises(Refused, match="Nobody is touched any more"):
        moving.move_touched(lead, {})


@pytest.mark.mitigates("M-119")
def test_a_visit_that_is_cancelled_leaves_an_orphan_that_is_told(elm: House) -> None:
    story = cast.planned(elm, "ana")
    lead = elm.act(Role.CLINIC_LEAD, LATER)
    Booking.objects.filter(id=pair(second(story))[1].id).update(cancelled_at=LATER)
    assert [one.number for one in standing.orphans(lead)] == [2]
    client = signed_in(elm, Role.CLINIC_LEAD)
    assert client.get("/board/").status_code == 200


def signed_in(house: House, role: Role) -> Client:
    """A browser of somebody on the staff."""
    client = Client()
    client.force_login(house.staff[role], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_hours_breaks_and_skills_reach_the_solver(elm: House) -> None:
    lead, nurse = elm.act(Role.CLINIC_LEAD, MONDAY), elm.staff[Role.NURSE]
    weekdays = frozenset({0, 1})
    hours.add_hours(lead, NewHours(nurse.id, "work", weekdays, time(8), time(16), date(2026, 11, 2)))
    hours.add_hours(lead, NewHours(nurse.id, "break", weekdays, time(12), time(12, 30), date(2026, 11, 2)))
    hours.add_skill(lead, elm.staff[Role.THERAPIST].id, "Spanish")
    story = cast.evaluated(elm, "ana")
    wish = plan.wish_of(elm.act(Role.PRESCRIBER, MONDAY), story.patient, new(elm), elm.staff[Role.THERAPIST], POLICY)
    asked = ask(elm.clinic, POLICY, [wish], MONDAY)
    by_name = {one["name"]: one for one in asked.document["staff"]}
    assert by_name[nurse.name]["hours"][0]["weekdays"] == [0, 1]
    assert by_name[nurse.name]["breaks"][0]["from"] == "12:00"
    assert by_name[elm.staff[Role.THERAPIST].name]["skills"] == ["Spanish"]
    assert by_name[elm.staff[Role.PRESCRIBER].name]["hours"][0]["to"] == "18:00", "no line: the clinic's hours"
    course = plan.plan_course(elm.act(Role.PRESCRIBER, MONDAY), story.patient.id, new(elm))
    for dose in course.planned.all():
        assert dose.booking.starts_at.astimezone(elm.clinic.zone).weekday() in weekdays


BAD_HOURS = [
    ({"weekdays": frozenset()}, "choose at least one"),
    ({"starts": time(16), "ends": time(8)}, "later than from"),
    ({"last_day": date(2026, 10, 1)}, "comes before the first day"),
]


@pytest.mark.parametrize(("change", "sentence"), BAD_HOURS)
def test_hours_that_make_no_sense_are_refused(elm: House, change: dict[str, Any], sentence: str) -> None:
    good = NewHours(elm.staff[Role.NURSE].id, "work", frozenset({0}), time(8), time(16), date(2026, 11, 2))
    with pytest.raises(Refused, match=sentence):
        hours.add_hours(elm.act(Role.CLINIC_LEAD, MONDAY), replace(good, **change))


def test_a_patient_s_times_and_companion_are_kept(elm: House) -> None:
    story = cast.evaluated(elm, "ana")
    hours.tell_my_times(
        elm.as_patient(story.patient, MONDAY),
        "America/Chicago",
        [{"weekdays": [1, 2, 3, 4], "from": "10:00", "to": "17:00"}],
        [{"from": "14:00", "to": "17:00"}],
    )
    course = plan.plan_course(elm.act(Role.PRESCRIBER, MONDAY), story.patient.id, new(elm))
    for dose in course.planned.select_related("booking"):
        starts = dose.booking.starts_at.astimezone(elm.clinic.zone)
        ends = dose.booking.ends_at.astimezone(elm.clinic.zone)
        assert starts.weekday() in (1, 2, 3) and starts.time() >= time(11), "10 in Chicago is 11 here"
        assert time(15) <= ends.time() <= time(18), "somebody comes from 2 in Chicago on"


def new(house: House, doses: int = 2, day: date = date(2026, 11, 9)) -> NewCourse:
    """A course as a prescriber types it."""
    return NewCourse("iv", Decimal(35), Decimal(70), doses, day, time(8), TherapyForm.EACH_DOSE,
                     house.staff[Role.THERAPIST].id)  # fmt: skip


def test_a_feed_says_when_and_where_and_nothing_more(elm: House) -> None:
    story = cast.planned(elm, "ana")
    for act in (elm.as_patient(story.patient, LATER), elm.act(Role.THERAPIST, LATER), elm.act(Role.NURSE, LATER)):
        secret = make_feed(act)
        answer = Client().get(f"/calendar/feed/{secret}/calendar.ics")
        assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
        text = answer.content.decode()
        assert b"CANARY" not in answer.content
        for word in ("ketamine", "dos", "infusion", "integration", "depress", "therap"):
            assert word not in text.lower().replace("kapstone", ""), word
        events = Calendar.from_ical(answer.content).walk("VEVENT")
        expected = {Role.THERAPIST: 2, Role.NURSE: 2}.get(next(iter(act.roles)), 4)
        assert len(events) == expected
        assert {str(one["summary"]) for one in events} <= {
            "Appointment", "Visit, Quiet room", "Treatment room, Chair 1", "Treatment room, Chair 2",
        }  # fmt: skip
        end_feed(act)
        assert Client().get(f"/calendar/feed/{secret}/calendar.ics").status_code == 404


def test_a_new_feed_address_ends_the_old_one(elm: House) -> None:
    act = elm.act(Role.NURSE, LATER)
    old, fresh = make_feed(act), make_feed(act)
    assert Client().get(f"/calendar/feed/{old}/calendar.ics").status_code == 404
    assert Client().get(f"/calendar/feed/{fresh}/calendar.ics").status_code == 200


@pytest.mark.mitigates("M-116")
def test_fifty_people_at_the_last_time_and_one_gets_it(tmp_path: Path) -> None:
    """Fifty pages show the same only pair, and all sign at once; in a home and a database of their own."""
    env = os.environ | {"KAPSTONE_HOME": str(tmp_path / "home")} | own_database()
    done = subprocess.run(
        [sys.executable, "-m", "tests.clinic.bookings.fifty"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert len(found["outcomes"]) == 50
    assert found["outcomes"].count("booked") == found["doses"] == 1, found["outcomes"][:5]
    assert set(found["outcomes"]) == {"booked", "The times have changed since you looked; look at the dates again."}
