"""Esketamine as records: no certificate or enrolment, no dose; a kit goes to its patient alone; the label's weeks."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from tests import cast
from tests.cast import DOSE_DAY, MONDAY, House, Story

from kapstone.care.plan import TherapyForm
from kapstone.care.plan.esketamine import EnrolmentState
from kapstone.care.quantities import Instant
from kapstone.clinic.evaluation import actions as evaluation
from kapstone.clinic.ground.people.doing import NotThere, Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed
from kapstone.clinic.plan import actions as plan
from kapstone.clinic.plan.actions import NewCourse
from kapstone.clinic.plan.esketamine import actions as rems
from kapstone.clinic.plan.esketamine import queries as read
from kapstone.clinic.plan.licences import actions as licences
from kapstone.clinic.plan.models import Course, EnrolmentStep, HeldLicence, KitStep
from kapstone.clinic.plan.ordering import actions as ordering
from kapstone.clinic.session import actions as session
from kapstone.rehearsal.consenting import agree

MONDAY_DAY = date(2026, 11, 2)
LATER = Instant(MONDAY + timedelta(hours=1))
"""Rows of one kind are made at moments of their own: the newest counts."""


def offered(house: House, name: str) -> Story:
    """Evaluated, with esketamine offered and its consent signed."""
    story = cast.evaluated(house, name)
    doctor = house.act(Role.PRESCRIBER, MONDAY)
    found = {"indication": "trd", "psychosis_current": False, "mania_current": False}
    evaluation.complete_history(doctor, story.patient.id, {**cast.found_by_clinician(), **found})
    evaluation.decide(
        doctor,
        story.patient.id,
        outcome="offer",
        reason="Two trials failed before",
        for_patient="We offer the spray to you",
    )
    agree(house.as_patient(story.patient, MONDAY), "esketamine", story.patient.name)
    return story


def certify(house: House) -> None:
    """The setting is certified since spring."""
    rems.certify(house.act(Role.CLINIC_LEAD, MONDAY), date(2026, 4, 1), None)


def enrol(house: House, story: Story) -> None:
    """Sent and confirmed."""
    nurse = house.act(Role.NURSE, MONDAY)
    rems.step_enrolment(nurse, story.patient.id, "send", date(2026, 10, 28))
    rems.step_enrolment(nurse, story.patient.id, "confirm", date(2026, 10, 30))


def course(house: House, story: Story, doses: int = 2) -> Course:
    """A course of the spray, 56 mg."""
    therapist = house.staff[Role.THERAPIST].id
    when = (date(2026, 11, 3), time(9, 30))
    new = NewCourse("in-esketamine", Decimal(56), Decimal(70), doses, *when, TherapyForm.EACH_DOSE, therapist)
    made = plan.plan_course(house.act(Role.PRESCRIBER, MONDAY), story.patient.id, new)
    story.ids["dose_id"] = made.planned.get(number=1).id
    return made


def ready(house: House, name: str) -> Story:
    """Certified, enrolled, planned."""
    certify(house)
    story = offered(house, name)
    enrol(house, story)
    course(house, story)
    return story


def ordered(house: House, story: Story) -> None:
    """The order is signed and the patient has passed the time-out."""
    ordering.sign_orders(house.act(Role.PRESCRIBER, DOSE_DAY), story.ids["dose_id"], Decimal(56), [])
    nurse = house.act(Role.NURSE, DOSE_DAY)
    story.ids["session_id"] = session.arrive(nurse, story.ids["dose_id"]).id
    session.pass_timeout(nurse, story.ids["session_id"], cast.timeout(DOSE_DAY))
    cast.checked(house, story.ids["session_id"], DOSE_DAY)


@pytest.mark.mitigates("M-121")
def test_no_course_without_certificate_and_enrolment_on_record(elm: House) -> None:
    story = offered(elm, "ana")
    with pytest.raises(Refused, match="not enrolled in the REMS, or the setting is not certified"):
        course(elm, story)
    certify(elm)
    with pytest.raises(Refused, match="not enrolled"):
        course(elm, story)
    enrol(elm, story)
    assert course(elm, story).format == "in-esketamine"


@pytest.mark.mitigates("M-121")
def test_what_ends_before_the_dose_stops_it(elm: House) -> None:
    """The certificate runs out, or the enrolment ends, after the course was planned: no order, no arrival."""
    story = ready(elm, "ana")
    doctor, nurse = elm.act(Role.PRESCRIBER, DOSE_DAY), elm.act(Role.NURSE, DOSE_DAY)
    rems.certify(elm.act(Role.CLINIC_LEAD, LATER), date(2026, 4, 1), MONDAY_DAY)
    with pytest.raises(Refused, match=r"not certified in the REMS on 2026-11-03"):
        ordering.sign_orders(doctor, story.ids["dose_id"], Decimal(56), [])
    rems.certify(elm.act(Role.CLINIC_LEAD, Instant(LATER + timedelta(hours=1))), date(2026, 4, 1), None)
    ordering.sign_orders(doctor, story.ids["dose_id"], Decimal(56), [])
    rems.step_enrolment(nurse, story.patient.id, "end", date(2026, 11, 3))
    with pytest.raises(Refused, match="not enrolled in the REMS: enrolment ended"):
        session.arrive(nurse, story.ids["dose_id"])


def test_an_enrolment_goes_its_way_step_by_step(elm: House) -> None:
    story = cast.evaluated(elm, "ana")
    nurse, who = elm.act(Role.NURSE, MONDAY), story.patient.id
    with pytest.raises(Refused, match=r"stands at “not enrolled”; next can be “form sent”"):
        rems.step_enrolment(nurse, who, "confirm", MONDAY_DAY)
    rems.step_enrolment(nurse, who, "send", MONDAY_DAY)
    with pytest.raises(Refused, match="choose that day or a later one"):
        rems.step_enrolment(nurse, who, "confirm", date(2026, 11, 1))
    with pytest.raises(Refused, match="once it has happened"):
        rems.step_enrolment(nurse, who, "confirm", date(2026, 11, 3))
    rems.step_enrolment(nurse, who, "refuse", MONDAY_DAY)
    assert read.enrolment(story.patient).state is EnrolmentState.ENDED
    rems.step_enrolment(nurse, who, "send", MONDAY_DAY)
    rems.step_enrolment(nurse, who, "confirm", MONDAY_DAY)
    assert read.enrolment(story.patient).enrolled
    with pytest.raises(NotAllowed):
        rems.step_enrolment(elm.act(Role.THERAPIST, MONDAY), who, "end", MONDAY_DAY)


def kit(house: House, story: Story, mg: int = 56, *, here: bool = True) -> Any:
    """A kit that is expected today and, perhaps, here."""
    nurse = house.act(Role.NURSE, MONDAY)
    made = rems.expect_kit(nurse, story.patient.id, Decimal(mg), MONDAY_DAY)
    if here:
        rems.step_kit(nurse, made.id, "arrive", MONDAY_DAY)
    return made


@pytest.mark.mitigates("M-122")
def test_a_kit_is_used_for_its_own_patient_and_closed_for_all_others(elm: House) -> None:
    ana, ben = ready(elm, "ana"), offered(elm, "ben")
    mine, anothers = kit(elm, ana), kit(elm, ben)
    ordered(elm, ana)
    nurse, here = elm.act(Role.NURSE, DOSE_DAY), ana.ids["session_id"]
    with pytest.raises(Refused, match="goes to nobody else"):
        session.start_dose(nurse, here, kit_id=anothers.id)
    with pytest.raises(Refused, match="A kit for this patient is here: choose it"):
        session.start_dose(nurse, here)
    session.start_dose(nurse, here, kit_id=mine.id)
    assert KitStep.objects.get(kit=mine, step="use").dose_id == ana.ids["dose_id"]
    assert not KitStep.objects.filter(kit=anothers, step="use").exists()
    with pytest.raises(Refused, match="open the page again"):
        rems.step_kit(nurse, mine.id, "return", date(2026, 11, 3))


def test_a_kit_of_another_amount_or_not_here_stays_closed(elm: House) -> None:
    story = ready(elm, "ana")
    big, late = kit(elm, story, 84), kit(elm, story, 56, here=False)
    ordered(elm, story)
    nurse, here = elm.act(Role.NURSE, DOSE_DAY), story.ids["session_id"]
    with pytest.raises(Refused, match=r"holds 84 mg; the order is for 56 mg"):
        session.start_dose(nurse, here, kit_id=big.id)
    with pytest.raises(Refused, match="not here to be used: expected"):
        session.start_dose(nurse, here, kit_id=late.id)
    session.start_dose(nurse, here)
    assert not KitStep.objects.filter(step="use").exists()


def test_a_kit_is_whole_devices(elm: House) -> None:
    story = cast.evaluated(elm, "ana")
    with pytest.raises(Refused, match="a kit holds one of the label's doses, 56 or 84 mg"):
        rems.expect_kit(elm.act(Role.NURSE, MONDAY), story.patient.id, Decimal(50), None)


def test_the_board_says_what_the_next_dose_lacks(elm: House, see: Callable[..., Any]) -> None:
    story = ready(elm, "ana")
    nurse = elm.act(Role.NURSE, MONDAY)
    assert read.lacking(nurse) == []
    waiting = kit(elm, story, here=False)
    assert [str(one.reasons[0]) for one in read.lacking(nurse)] == [
        "No kit of 56 mg is here or expected before the dose of 2026-11-05."
    ], "one kit is expected in time; the second dose has none"
    rems.expect_kit(nurse, story.patient.id, Decimal(56), date(2026, 11, 4))
    assert read.lacking(nurse) == []
    rems.step_kit(nurse, waiting.id, "give up", MONDAY_DAY)
    page = see(elm.staff[Role.NURSE], "/board/").content.decode()
    assert "esketamine dose" in page and "No kit of 56 mg" in page
    rems.certify(elm.act(Role.CLINIC_LEAD, LATER), date(2026, 4, 1), MONDAY_DAY)
    page = see(elm.staff[Role.NURSE], "/rems/").content.decode()
    assert "not certified in the REMS on 2026-11-03" in page
    day_page = see(elm.staff[Role.NURSE], "/board/", at=DOSE_DAY).content.decode()
    assert "REMS: enrolled" in day_page


def test_the_pages_write_and_say_what_is_wrong(elm: House, see: Callable[..., Any]) -> None:
    story = offered(elm, "ana")
    nurse, page = elm.staff[Role.NURSE], f"/patients/{story.patient.id}/rems/"
    assert "This setting is not certified" in see(nurse, "/rems/").content.decode()
    assert see(nurse, "/rems/", {"since": "2026-04-01"}).status_code == 302
    assert "This setting is certified" in see(nurse, "/rems/").content.decode()
    said = see(nurse, "/rems/", {"since": "2027-04-01"}).content.decode()
    assert "not in the future" in said and "2027-04-01" in said, "what was typed stays"
    assert see(nurse, page, {"form": "step", "step": "send", "on": "2026-11-01"}).status_code == 302
    said = see(nurse, page, {"form": "step", "step": "confirm", "on": "soon"}).content.decode()
    assert "write year, month and day" in said
    assert see(nurse, page, {"form": "kit", "mg": "56", "expected_on": ""}).status_code == 302
    made = read.kits_of(story.patient)[0].kit
    became = {"form": "became", "kit": str(made.id), "kit_step": "arrive", "kit_on": "2026-11-02"}
    assert see(nurse, page, became).status_code == 302
    again = see(nurse, page, became).content.decode()
    assert "arrived on November 2" in again
    assert see(elm.staff[Role.FRONT_DESK], page).status_code == 404
    assert EnrolmentStep.objects.count() == 1


def test_a_kit_of_another_clinic_is_not_there(elm: House) -> None:
    oak = cast._house("Oak Clinic", "oak", Instant(MONDAY + timedelta(minutes=1)))
    made = kit(elm, offered(elm, "ana"), here=False)
    with pytest.raises(NotThere):
        rems.step_kit(oak.act(Role.NURSE, MONDAY), made.id, "arrive", MONDAY_DAY)


def test_the_label_s_look_is_due_after_four_weeks_until_a_step_is_chosen(elm: House, see: Callable[..., Any]) -> None:
    story = ready(elm, "ana")
    ordered(elm, story)
    session.start_dose(elm.act(Role.NURSE, DOSE_DAY), story.ids["session_id"])
    made, later = Course.objects.get(patient=story.patient), Instant(DOSE_DAY + timedelta(weeks=4))
    assert read.by_label(elm.act(Role.NURSE, DOSE_DAY), made).said == "Week 1: two a week."
    before = elm.act(Role.NURSE, Instant(later - timedelta(days=1)))
    assert read.by_label(before, made).look == ""
    by = read.by_label(elm.act(Role.NURSE, later), made)
    assert by.look_on == date(2026, 12, 1)
    assert by.count == 1, "the second dose was booked and did not take place"
    assert [one.key for one in by.missed] == ["look", "keep", "closer"]
    doctor = elm.staff[Role.PRESCRIBER]
    assert "The look after four weeks of esketamine" in see(doctor, "/board/", at=later).content.decode()
    page = see(doctor, f"/patients/{story.patient.id}/rems/", at=later).content.decode()
    assert "1 missed session" in page and "say first whether the depression is worse" in page


def test_a_course_beyond_four_weeks_is_booked_one_a_week(elm: House) -> None:
    certify(elm)
    story = offered(elm, "ana")
    enrol(elm, story)
    made = course(elm, story, doses=11)
    doses = made.planned.select_related("booking").order_by("number")
    days = [one.booking.starts_at.astimezone(elm.clinic.zone).date() for one in doses]
    apart = [(later - day).days for day, later in pairwise(days)]
    assert all(gap >= 2 for gap in apart[:8]) and all(7 <= gap <= 9 for gap in apart[8:])


def test_the_weeks_count_on_in_the_next_course(elm: House) -> None:
    story = ready(elm, "ana")
    ordered(elm, story)
    session.start_dose(elm.act(Role.NURSE, DOSE_DAY), story.ids["session_id"])
    next_week = Instant(DOSE_DAY + timedelta(days=8))
    nurse = elm.act(Role.NURSE, next_week)
    plan.end_course(elm.act(Role.PRESCRIBER, next_week), story.patient.id, "stopped", "A new course follows")
    therapist = elm.staff[Role.THERAPIST].id
    when = (date(2026, 11, 12), time(9, 30))
    new = NewCourse("in-esketamine", Decimal(56), Decimal(70), 2, *when, TherapyForm.EACH_DOSE, therapist)
    made = plan.plan_course(elm.act(Role.PRESCRIBER, next_week), story.patient.id, new)
    assert read.by_label(nurse, made).said == (
        "Week 2: two a week. Counted from November 3, in the course before this one."
    )
    assert len(read.label_days(nurse, story.patient)) == 1
    after = date(2026, 11, 3) + timedelta(days=60)
    assert len(read.label_days(nurse, story.patient, made, on=after)) == 1
    assert read.label_days(nurse, story.patient, made, on=after + timedelta(days=1)) == (), "a long pause"
    much_later = elm.act(Role.NURSE, Instant(DOSE_DAY + timedelta(days=90)))
    first_day = date(2026, 11, 12)
    assert len(read.label_days(much_later, story.patient, made, on=first_day)) == 1, "as of the course's first day"


@pytest.mark.mitigates("M-121")
def test_the_second_device_asks_again(elm: House) -> None:
    story = ready(elm, "ana")
    ordered(elm, story)
    nurse, here = elm.act(Role.NURSE, DOSE_DAY), story.ids["session_id"]
    session.start_dose(nurse, here)
    soon = elm.act(Role.NURSE, Instant(DOSE_DAY + timedelta(minutes=5)))
    for one in HeldLicence.objects.filter(person=elm.staff[Role.NURSE], ended=None):
        licences.end_licence(elm.act(Role.CLINIC_LEAD, DOSE_DAY), one.id)
    with pytest.raises(Refused, match="licence"):
        session.give_device(soon, here)
    rems.step_enrolment(nurse, story.patient.id, "end", date(2026, 11, 3))
    with pytest.raises(Refused, match="not enrolled in the REMS"):
        session.give_device(soon, here)


def test_the_start_says_that_a_kit_is_not_here(elm: House, see: Callable[..., Any]) -> None:
    story = ready(elm, "ana")
    kit(elm, story, here=False)
    ordered(elm, story)
    page = see(elm.staff[Role.NURSE], f"/sessions/{story.ids['session_id']}/start/", at=DOSE_DAY).content.decode()
    assert "none is written down as here" in page
