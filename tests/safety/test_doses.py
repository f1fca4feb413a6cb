"""A dose is what was ordered, by someone who may, for this weight and this route; or it does not start."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from kapstone.care.evidence import default_policy
from kapstone.care.plan import FORMATS, TherapyForm, check_dose
from kapstone.care.quantities import Instant, Kg, Mg
from kapstone.care.session import Phase
from kapstone.care.session.timeout import questions
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed
from kapstone.clinic.plan import actions as plan
from kapstone.clinic.plan.actions import NewCourse
from kapstone.clinic.plan.forms import CourseForm
from kapstone.clinic.plan.models import Order
from kapstone.clinic.plan.ordering import actions as ordering
from kapstone.clinic.plan.ordering.prn import Prn
from kapstone.clinic.plan.ordering.queries import dose_order
from kapstone.clinic.plan.queries import dose_of
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.queries import session_of
from tests import cast
from tests.cast import DOSE_DAY, MONDAY, House, Story


def arrived(elm: House, orders: bool = True, weight: str = "70") -> Story:
    """Everything up to the start of the dose."""
    story = cast.planned(elm, "ana")
    nurse = elm.act(Role.NURSE, DOSE_DAY)
    if orders:
        doctor = elm.act(Role.PRESCRIBER, DOSE_DAY)
        prn = Prn("ondansetron", Decimal(4), "mg", "vomiting", 1, "prn_mouth")
        ordering.sign_orders(doctor, story.ids["dose_id"], Decimal(35), [prn])
    story.ids["session_id"] = session.arrive(nurse, story.ids["dose_id"]).id
    passed = replace(cast.timeout(DOSE_DAY), weight_kg=Decimal(weight))
    session.pass_timeout(nurse, story.ids["session_id"], passed, weight_confirmed=True)
    return story


def phase(elm: House, story: Story) -> Phase:
    """Where the session stands."""
    return session_of(elm.act(Role.NURSE, DOSE_DAY), story.ids["session_id"]).phase


@pytest.mark.mitigates("M-005")
def test_the_ordered_dose_is_checked_again_at_todays_weight(elm: House) -> None:
    """35 mg is 0.5 mg/kg at the 70 kg of the course; at 30 kg it is above the hard limit of 1 mg/kg."""
    story = arrived(elm, weight="30")
    with pytest.raises(Refused, match=r"At today's weight of 30 kg: 1\.167 mg/kg is above"):
        session.start_dose(elm.act(Role.NURSE, DOSE_DAY), story.ids["session_id"])
    assert phase(elm, story) is Phase.READY


@pytest.mark.mitigates("M-006")
def test_the_form_names_its_units_and_doubts_a_weight_in_pounds() -> None:
    form = CourseForm(["iv"], [], {"weight_kg": "400"})
    assert "not in pounds" in str(form.errors["weight_kg"])
    assert (form.fields["strength"].unit, form.fields["weight_kg"].unit) == ("mg/mL", "kg")  # type: ignore[attr-defined]


@pytest.mark.mitigates("M-007")
@pytest.mark.parametrize("format_id", ["iv", "im", "sc"])
@pytest.mark.parametrize("mg", ["200", "300", "400"])
def test_the_milligrams_of_a_lozenge_are_refused_by_needle_and_pump(format_id: str, mg: str) -> None:
    policy, weight = default_policy(), Kg.of("80")
    assert not check_dose(FORMATS["sl"], Mg.of(mg), weight, policy).blocked
    assert check_dose(FORMATS[format_id], Mg.of(mg), weight, policy).blocked


def course(elm: House, format_id: str, mg: str) -> NewCourse:
    """A course by this route."""
    first, therapist = date(2026, 11, 10), elm.staff[Role.THERAPIST].id
    return NewCourse(format_id, Decimal(mg), Decimal(70), 2, first, time(9, 30), TherapyForm.EACH_DOSE, therapist)


@pytest.mark.mitigates("M-008")
def test_another_route_needs_a_new_course(elm: House) -> None:
    story = cast.planned(elm, "ana")
    doctor = elm.act(Role.PRESCRIBER, MONDAY)
    with pytest.raises(Refused, match="already has a course"):
        plan.plan_course(doctor, story.patient.id, course(elm, "im", "35"))
    plan.end_course(doctor, story.patient.id, "stopped", "Changes to another route")
    assert plan.plan_course(doctor, story.patient.id, course(elm, "im", "35")).format == "im"


@pytest.mark.mitigates("M-008")
def test_the_form_of_a_new_course_holds_no_dose() -> None:
    form = CourseForm(["iv", "im"], [])
    assert all(form[name].value() in (None, "") for name in ("format_id", "amount", "weight_kg", "doses"))


@pytest.mark.mitigates("M-009")
def test_no_order_no_dose(elm: House) -> None:
    story = arrived(elm, orders=False)
    with pytest.raises(Refused, match="no signed order"):
        session.start_dose(elm.act(Role.NURSE, DOSE_DAY), story.ids["session_id"])
    assert phase(elm, story) is Phase.READY


@pytest.mark.mitigates("M-009")
def test_an_expired_order_starts_nothing(elm: House) -> None:
    story = arrived(elm)
    next_day = Instant(DOSE_DAY + timedelta(hours=20))
    with pytest.raises(Refused, match="is booked for Tuesday 03 November"):
        session.start_dose(elm.act(Role.NURSE, next_day), story.ids["session_id"])
    act = elm.act(Role.NURSE, next_day)
    assert dose_order(act, dose_of(act, story.ids["dose_id"])) is None, "the order has expired as well"


@pytest.mark.mitigates("M-010")
@pytest.mark.parametrize("role", [Role.THERAPIST, Role.GUEST_THERAPIST, Role.FRONT_DESK, Role.ON_CALL])
def test_a_therapist_is_refused_at_the_chair(elm: House, role: Role) -> None:
    story = arrived(elm)
    act, here = elm.act(role, DOSE_DAY), story.ids["session_id"]
    order = Order.objects.get(dose_id=story.ids["dose_id"], kind=Order.PRN)
    for try_it in (
        lambda: session.start_dose(act, here),
        lambda: session.give_medicine(act, here, order.id),
        lambda: ordering.sign_orders(act, story.ids["dose_id"], Decimal(35), []),
    ):
        with pytest.raises(NotAllowed):
            try_it()
    assert phase(elm, story) is Phase.READY


@pytest.mark.mitigates("M-011")
def test_a_medicine_is_given_no_more_often_than_ordered(elm: House, later: Callable[[float], Instant]) -> None:
    story = cast.dosing(elm, "ana")
    here = story.ids["session_id"]
    order = Order.objects.get(dose_id=story.ids["dose_id"], kind=Order.PRN)
    session.give_medicine(elm.act(Role.NURSE, later(20)), here, order.id)
    with pytest.raises(Refused, match="given 1 times for this dose; the order allows 1"):
        session.give_medicine(elm.act(Role.NURSE, later(30)), here, order.id)
    assert len(session_of(elm.act(Role.NURSE, later(31)), here).state.medicines) == 1


@pytest.mark.mitigates("M-045")
@pytest.mark.parametrize("format_id", list(FORMATS))
def test_the_time_out_asks_for_two_identifiers(format_id: str) -> None:
    first = questions(FORMATS[format_id])[0]
    assert first.key == "identity"
    assert "name and date of birth" in first.words
