"""A course on one page, the patient's own plan, preparation before it, and the ways in which it can end."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from tests import cast
from tests.cast import DOSE_DAY, MONDAY, House

from kapstone.care.plan import TherapyForm
from kapstone.care.quantities import Instant
from kapstone.clinic.config import clock
from kapstone.clinic.ground.bookings.models import Booking, BookingKind
from kapstone.clinic.ground.bookings.solving.problem import Presence
from kapstone.clinic.ground.concerns.models import Concern
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.models import User
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.integration import actions as integration
from kapstone.clinic.plan import actions as plan
from kapstone.clinic.plan.actions import NewCourse
from kapstone.clinic.plan.models import Course, Dose
from kapstone.clinic.plan.moving.queries import wish_to_move
from kapstone.clinic.plan.queries import endings


@pytest.fixture
def see(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Opens a page as somebody at a moment."""

    def look(user: User, address: str, at: Instant = MONDAY) -> Any:
        monkeypatch.setattr(clock, "now", lambda: at)
        client = Client()
        client.force_login(user)
        return client.get(address)

    return look


def prepared(house: House, presence: Presence = Presence.LANDING) -> Course:
    """A course with two visits before the first dose and the therapist for the landing."""
    story = cast.evaluated(house, "ana")
    new = NewCourse(
        format_id="iv",
        mg=Decimal(35),
        weight_kg=Decimal(70),
        doses=2,
        first_day=date(2026, 11, 9),
        hour=time(9, 30),
        therapy_form=TherapyForm.EACH_DOSE,
        therapist_id=house.staff[Role.THERAPIST].id,
        presence=presence,
        preparation=2,
    )
    return plan.plan_course(house.act(Role.PRESCRIBER, MONDAY), story.patient.id, new)


def of_kind(kind: BookingKind) -> list[Booking]:
    """What stands of a kind, in time order."""
    return list(Booking.objects.filter(kind=kind, cancelled_at=None).order_by("starts_at"))


def test_preparation_comes_before_the_first_dose_and_the_therapist_is_beside_it(elm: House) -> None:
    prepared(elm)
    before, doses = of_kind(BookingKind.PREPARATION), of_kind(BookingKind.DOSING)
    assert [one.number for one in before] == [1, 2]
    assert all(one.ends_at <= doses[0].starts_at for one in before)
    therapist = elm.staff[Role.THERAPIST]
    for one in doses:
        assert [each["person"] for each in one.cover if each["role"] == "therapist"] == [str(therapist.id)]
        assert one.dose_ends_at is not None
        assert any(each["from"] >= one.dose_ends_at.isoformat() for each in one.cover if each["role"] == "therapist")


def test_the_first_dose_never_moves_before_its_preparation(elm: House) -> None:
    course = prepared(elm, Presence.NONE)
    first = Dose.objects.select_related("booking", "course__patient").get(course=course, number=1)
    act = elm.act(Role.FRONT_DESK, Instant(MONDAY + timedelta(hours=1)))
    policy = cast.default_policy()
    last = of_kind(BookingKind.PREPARATION)[-1].starts_at.astimezone(elm.clinic.zone).date()
    assert wish_to_move(act, first, policy).first_day == last + timedelta(days=1)


def test_a_preparation_is_written_by_the_therapist_and_missing_it_is_told(
    elm: House, see: Callable[..., Any]
) -> None:
    prepared(elm)
    one, two = of_kind(BookingKind.PREPARATION)
    after = Instant(two.starts_at + timedelta(hours=1))
    page = see(elm.staff[Role.THERAPIST], "/visits/", after).content.decode()
    assert "preparation 1" in page and "after dose 1" in page
    therapist = elm.act(Role.THERAPIST, after)
    integration.keep_visit(therapist, one.id, modality="cbt", note="We spoke of fear.", next_act="Name a song")
    integration.miss_visit(therapist, two.id, "")
    newest = Concern.objects.latest("raised_at")
    assert newest.reason == "Missed the preparation before a dose: call today."
    assert "Preparation 1" in see(elm.staff[Role.THERAPIST], f"/visits/{one.id}/", after).content.decode()


def test_the_course_on_one_page(elm: House, see: Callable[..., Any]) -> None:
    course = prepared(elm)
    page = see(elm.staff[Role.PRESCRIBER], f"/patients/{course.patient_id}/course/").content.decode()
    for words in (
        "Planned.",
        "the therapist comes for the landing",
        "Preparation 2",
        "Call after dose 1",
        "No gain after four to six doses.",
        "Hard limit",
        "plan.iv.hard_max_mg_per_kg",
        "End the course",
    ):
        assert words in page, words
    assert see(elm.staff[Role.FRONT_DESK], f"/patients/{course.patient_id}/course/").status_code == 404
    ben = cast._admitted(elm, "ben").patient
    assert see(elm.staff[Role.PRESCRIBER], f"/patients/{ben.id}/course/").status_code == 404


def test_the_patient_holds_one_page(elm: House, see: Callable[..., Any]) -> None:
    course = prepared(elm)
    page = see(course.patient.user, "/me/care-plan/").content.decode()
    for words in ("My days", "Whom I call", "203-555-0100", "988", "until I have slept", "off-label"):
        assert words in page, words
    assert "The patient wants to stop. No reason is needed, at any time." in page
    ben = cast._admitted(elm, "ben").patient
    assert "No course runs now." in see(ben.user, "/me/care-plan/").content.decode()


def test_a_course_ends_only_as_it_can(elm: House) -> None:
    planned = prepared(elm)
    assert "completed" not in dict(endings(planned)) and "declined" in dict(endings(planned))
    doctor = elm.act(Role.PRESCRIBER, MONDAY)
    with pytest.raises(Refused, match="cannot be completed"):
        plan.end_course(doctor, planned.patient_id, "completed", "It went well")
    plan.end_course(doctor, planned.patient_id, "declined", "The patient thought again")
    assert of_kind(BookingKind.PREPARATION) == [] and of_kind(BookingKind.DOSING) == []


def test_a_course_with_a_dose_is_not_declined(elm: House) -> None:
    story = cast.released(elm, "ben")
    later = elm.act(Role.PRESCRIBER, Instant(DOSE_DAY + timedelta(days=3)))
    with pytest.raises(Refused, match="was not declined"):
        plan.end_course(later, story.patient.id, "declined", "The patient thought again")
    plan.end_course(later, story.patient.id, "stopped", "The patient wants to stop")
