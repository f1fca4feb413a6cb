"""A dose as a prescriber types it, in three units, as base or salt, by the weight that was picked; and drawn up."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from tests import cast
from tests.cast import DOSE_DAY, MONDAY, House

from kapstone.care.plan import TherapyForm
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.plan import actions as plan
from kapstone.clinic.plan.actions import NewCourse
from kapstone.clinic.plan.forms import CourseForm
from kapstone.clinic.plan.models import Course, Order
from kapstone.clinic.plan.ordering import actions as ordering
from kapstone.clinic.plan.ordering.actions import MadeUp
from kapstone.clinic.plan.ordering.queries import drawn_up
from kapstone.clinic.plan.queries import history

FORM = {
    "format_id": "iv",
    "amount": "35",
    "weight_kg": "70",
    "doses": "2",
    "first_day": "2026-11-03",
    "preparation": "0",
    "presence": "none",
    "hour": "09:30",
    "therapy_form": "declined",
}


def typed(**other: str) -> CourseForm:
    """The form with some fields otherwise."""
    return CourseForm(["iv", "im"], [], {**FORM, **other})


TYPED = [
    # amount, unit, strength, salt -> milligrams, volume
    ({"amount": "35"}, "35.00", None),
    ({"amount": "0.5", "unit": "mg/kg"}, "35.00", None),
    ({"amount": "0.7", "unit": "mL", "strength": "50"}, "35.00", "0.7 mL"),
    ({"amount": "35", "strength": "10"}, "35.00", "3.5 mL"),
    ({"amount": "40.355", "salt": "on"}, "35.00", None),
]


@pytest.mark.parametrize(("fields", "mg", "volume"), TYPED)
def test_a_dose_in_any_unit_is_milligrams_of_base(fields: dict[str, str], mg: str, volume: str | None) -> None:
    form = typed(**fields)
    assert form.is_valid(), form.errors
    assert str(form.cleaned_data["mg"]) == mg
    said = form.cleaned_data["said"].volume
    assert (str(said) if said else None) == volume


WRONG = [
    ({"amount": "0.7", "unit": "mL"}, "strength", "Millilitres say nothing without the strength"),
    ({"amount": "0.7", "unit": "mL", "strength": "50", "salt": "on"}, "salt", "counted at the strength"),
    ({"amount": "a lot"}, "amount", "write a number, such as 35"),
    ({"weight_kg": "120", "height_cm": "165"}, "weight_basis", "pick the weight that the dose goes by"),
    ({"weight_kg": "120", "height_cm": "165", "weight_basis": "ideal"}, "weight_basis", "needs the height"),
    ({"height_cm": "65"}, "height_cm", "is it in centimetres"),
]


@pytest.mark.parametrize(("fields", "field", "sentence"), WRONG)
def test_what_is_missing_is_said_on_its_field(fields: dict[str, str], field: str, sentence: str) -> None:
    form = typed(**fields)
    assert not form.is_valid()
    assert sentence in str(form.errors[field])


def test_the_picked_weight_is_what_the_dose_goes_by() -> None:
    form = typed(
        amount="0.5", unit="mg/kg", weight_kg="120", height_cm="165", formula="female", weight_basis="adjusted"
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data["dosing_kg"] == Decimal("82.1")
    assert form.cleaned_data["mg"] == Decimal("41.05")


def new(**other: Any) -> NewCourse:
    """A course without visits."""
    values: dict[str, Any] = {
        "format_id": "iv", "mg": Decimal(35), "weight_kg": Decimal(70), "doses": 2, "first_day": date(2026, 11, 3),
        "hour": time(9, 30), "therapy_form": TherapyForm.DECLINED, "therapist_id": None,
    }  # fmt: skip
    return NewCourse(**{**values, **other})


@pytest.mark.mitigates("M-120")
def test_in_obesity_no_course_is_signed_before_a_weight_is_picked(elm: House) -> None:
    story = cast.evaluated(elm, "ana")  # 172 cm by the intake
    doctor = elm.act(Role.PRESCRIBER, MONDAY)
    with pytest.raises(Refused, match="pick the weight") as no:
        plan.plan_course(doctor, story.patient.id, new(weight_kg=Decimal(95)))
    assert no.value.field == "weight_basis"
    plan.plan_course(
        doctor,
        story.patient.id,
        new(mg=Decimal(34), weight_kg=Decimal(95), weight_basis="ideal", dosing_kg=Decimal("67.7")),
    )
    course = Course.objects.get(patient=story.patient)
    assert (course.weight_basis, course.dosing_kg) == ("ideal", Decimal("67.7"))


@pytest.mark.mitigates("M-120")
def test_the_limits_go_by_the_picked_weight(elm: House) -> None:
    story = cast.evaluated(elm, "ana")
    with pytest.raises(Refused, match="hard limit"):
        plan.plan_course(
            elm.act(Role.PRESCRIBER, MONDAY), story.patient.id,
            new(mg=Decimal(70), weight_kg=Decimal(95), weight_basis="ideal", dosing_kg=Decimal("67.7")),
        )  # fmt: skip


def test_an_order_says_how_the_dose_is_drawn_up(elm: House) -> None:
    story = cast.planned(elm, "ana")
    doctor = elm.act(Role.PRESCRIBER, DOSE_DAY)
    made_up = MadeUp(Decimal(50), Decimal(100), Decimal(40))
    (order, *_) = ordering.sign_orders(doctor, story.ids["dose_id"], Decimal(35), [], made_up=made_up)
    assert drawn_up(Order.objects.get(id=order.id)) == "0.7 mL of 50 mg/mL, made up to 100 mL, 150 mL/h over 40 min"


NO_ORDER = [
    (MadeUp(Decimal(100)), "goes into a vein only thinned by an equal volume"),
    (MadeUp(Decimal(10), Decimal(3)), "holds less than the 3.5 mL"),
    (MadeUp(over_min=Decimal(5)), "above this clinic's hard limit of 1.5 mg/kg an hour"),
]


@pytest.mark.mitigates("M-002")
@pytest.mark.parametrize(("made_up", "sentence"), NO_ORDER)
def test_a_preparation_that_would_harm_is_not_ordered(elm: House, made_up: MadeUp, sentence: str) -> None:
    story = cast.planned(elm, "ana")
    with pytest.raises(Refused, match=sentence):
        ordering.sign_orders(
            elm.act(Role.PRESCRIBER, DOSE_DAY), story.ids["dose_id"], Decimal(35), [], made_up=made_up
        )
    assert not Order.objects.exists()


def test_the_next_dose_is_held_against_the_last_of_its_format(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    doctor = elm.act(Role.PRESCRIBER, DOSE_DAY)
    before = history(doctor, story.patient, "iv", "trd")
    assert before.last is not None and str(before.last) == "35 mg"
    assert history(doctor, story.patient, "im", "trd").last is None, "another format begins anew"
