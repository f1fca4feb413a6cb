"""A course and its orders are refused with a sentence where they may not be; what is sent twice is made once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from tests import cast
from tests.cast import DOSE_DAY, MONDAY, House, Story

from kapstone.care.plan import TherapyForm
from kapstone.care.quantities import Instant
from kapstone.clinic.config import clock
from kapstone.clinic.evaluation import actions as evaluation
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import User
from kapstone.clinic.ground.people.queries import key_of
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.integration import actions as integration
from kapstone.clinic.integration.models import JournalEntry
from kapstone.clinic.integration.queries import sharing_opens
from kapstone.clinic.outcomes import actions as outcomes
from kapstone.clinic.outcomes.models import NextStep
from kapstone.clinic.plan import actions as plan
from kapstone.clinic.plan.actions import NewCourse
from kapstone.clinic.plan.models import Course, Dose, Order
from kapstone.clinic.plan.ordering import actions as ordering
from kapstone.clinic.plan.ordering.forms import OrdersForm
from kapstone.clinic.plan.ordering.prn import Prn
from kapstone.clinic.plan.ordering.queries import why_not

ONDANSETRON = Prn("ondansetron", Decimal(4), "mg", "vomiting", 1, "prn_mouth")


@pytest.fixture
def send(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Sends a form as somebody on Monday; gives the answer."""

    def post(user: User, address: str, data: dict[str, object]) -> Any:
        monkeypatch.setattr(clock, "now", lambda: MONDAY)
        client = Client()
        client.force_login(user)
        return client.post(address, data)

    return post


def entered(elm: House, **other: object) -> dict[str, object]:
    """The form of a course, filled in."""
    return {
        "format_id": "iv",
        "amount": "35",
        "weight_kg": "70",
        "doses": "2",
        "first_day": "2026-11-03",
        "preparation": "0",
        "presence": "none",
        "hour": "09:30",
        "therapy_form": "each_dose",
        "therapist": str(elm.staff[Role.THERAPIST].id),
        "reason": "",
        **other,
    }


def new(elm: House) -> NewCourse:
    """The same course for the action."""
    therapist = elm.staff[Role.THERAPIST].id
    return NewCourse(
        "iv", Decimal(35), Decimal(70), 2, date(2026, 11, 3), time(9, 30), TherapyForm.EACH_DOSE, therapist
    )


def dose_of(story: Story) -> Dose:
    """The first dose of the story."""
    return Dose.objects.get(id=story.ids["dose_id"])


@pytest.mark.parametrize("button", ["preview", "sign"])
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"amount": "0"}, "Dose: more than 0."),
        ({"amount": "-5"}, "Dose: more than 0."),
        ({"first_day": "9999-12-31"}, "First day: choose a day within one year"),
        ({"first_day": "2026-11-01"}, "First day: choose today or a later day."),
    ],
)
def test_a_number_that_cannot_be_is_a_sentence(
    elm: House, send: Callable[..., Any], button: str, wrong: dict[str, object], sentence: str
) -> None:
    story = cast.evaluated(elm, "ana")
    address = f"/patients/{story.patient.id}/course/new/"
    answer = send(elm.staff[Role.PRESCRIBER], address, entered(elm, **wrong, **{button: "1"}))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not Course.objects.exists()


@pytest.mark.parametrize("mg", [Decimal(0), Decimal(-1)])
def test_no_dose_is_refused_by_the_actions_too(elm: House, mg: Decimal) -> None:
    story = cast.planned(elm, "ana")
    with pytest.raises(Refused, match="more than 0 mg") as no:
        ordering.sign_orders(elm.act(Role.PRESCRIBER, DOSE_DAY), story.ids["dose_id"], mg, [])
    assert no.value.field == "mg"
    other = cast.evaluated(elm, "ben")
    with pytest.raises(Refused, match="more than 0 mg"):
        plan.plan_course(elm.act(Role.PRESCRIBER, MONDAY), other.patient.id, replace(new(elm), mg=mg))


def test_a_dose_that_stands_may_be_given(elm: House) -> None:
    story = cast.planned(elm, "ana")
    assert why_not(elm.act(Role.NURSE, DOSE_DAY), dose_of(story)) == ""


def test_after_the_end_of_a_course_nothing_is_ordered(elm: House) -> None:
    story = cast.planned(elm, "ana")
    plan.end_course(elm.act(Role.PRESCRIBER, MONDAY), story.patient.id, "stopped", "The patient wishes it")
    assert "course of this dose has ended" in why_not(elm.act(Role.NURSE, DOSE_DAY), dose_of(story))
    with pytest.raises(Refused, match="has ended"):
        ordering.sign_orders(elm.act(Role.PRESCRIBER, DOSE_DAY), story.ids["dose_id"], Decimal(35), [])


def test_a_cancelled_booking_is_not_ordered_for(elm: House) -> None:
    story = cast.planned(elm, "ana")
    dose = dose_of(story)
    dose.booking.cancelled_at = MONDAY
    dose.booking.save()
    with pytest.raises(Refused, match="booking of this dose is cancelled"):
        ordering.sign_orders(elm.act(Role.PRESCRIBER, DOSE_DAY), dose.id, Decimal(35), [])


def test_a_day_that_has_passed_is_not_ordered_for(elm: House) -> None:
    story = cast.planned(elm, "ana")
    next_day = Instant(DOSE_DAY + timedelta(days=1))
    with pytest.raises(Refused, match="has passed"):
        ordering.sign_orders(elm.act(Role.PRESCRIBER, next_day), story.ids["dose_id"], Decimal(35), [])


def test_an_offer_taken_back_stops_the_orders(elm: House) -> None:
    story = cast.planned(elm, "ana")
    doctor = elm.act(Role.PRESCRIBER, Instant(MONDAY + timedelta(hours=1)))
    evaluation.decide(
        doctor, story.patient.id, outcome="not_now", reason="The pressure must fall", for_patient="Not for now."
    )
    with pytest.raises(Refused, match="no longer offers treatment"):
        ordering.sign_orders(elm.act(Role.PRESCRIBER, DOSE_DAY), story.ids["dose_id"], Decimal(35), [])


def test_an_order_at_a_soft_limit_needs_a_reason_and_keeps_it_sealed(elm: House) -> None:
    story = cast.planned(elm, "ana")
    doctor = elm.act(Role.PRESCRIBER, DOSE_DAY)
    with pytest.raises(Refused, match="Write why") as no:
        ordering.sign_orders(doctor, story.ids["dose_id"], Decimal(70), [])
    assert no.value.field == "reason"
    made = ordering.sign_orders(
        doctor, story.ids["dose_id"], Decimal(70), [ONDANSETRON], "Nothing came of 35 mg before"
    )
    order, prn = (Order.objects.get(id=one.id) for one in made)
    assert [one["hold"] for one in order.limits] == ["soft", "soft"], "above the range, and above a first dose"
    assert b"Nothing came" not in bytes(order.reason_sealed)
    opened = key_of(story.patient).open(order.reason_sealed, f"order/reason/{order.id}")
    assert opened == "Nothing came of 35 mg before"
    assert (prn.limits, bytes(prn.reason_sealed)) == ([], b"")


@pytest.mark.parametrize("part", ["drug", "amount", "route", "trigger", "times"])
def test_any_part_of_a_medicine_needs_all_the_others(part: str) -> None:
    whole = {"drug": "ondansetron", "amount": "4", "route": "prn_mouth", "trigger": "vomiting", "times": "1"}
    form = OrdersForm({"mg": "35", "unit_2": "mg", f"{part}_2": whole[part]})
    assert not form.is_valid()
    assert set(form.errors) == {f"{other}_2" for other in whole if other != part}


@pytest.mark.parametrize("drug", ["ketamine", "Esketamine spray", "KETAMINE hydrochloride"])
def test_another_dose_is_no_medicine_if_needed(elm: House, drug: str) -> None:
    story = cast.planned(elm, "ana")
    with pytest.raises(Refused, match="Another dose is a dose of the plan"):
        ordering.sign_orders(
            elm.act(Role.PRESCRIBER, DOSE_DAY), story.ids["dose_id"], Decimal(35), [replace(ONDANSETRON, drug=drug)]
        )
    form = OrdersForm({"mg": "35", "drug_1": drug, "amount_1": "4", "unit_1": "mg", "trigger_1": "x", "times_1": "1"})
    assert "Another dose is a dose of the plan" in str(form.errors["drug_1"])


def test_an_entry_sent_twice_is_one_entry(elm: House) -> None:
    ana, ben = cast.evaluated(elm, "ana").patient, cast.evaluated(elm, "ben").patient
    once = uuid7(MONDAY)
    first = integration.write_entry(elm.as_patient(ana, MONDAY), "A wide water.", once=once)
    assert integration.write_entry(elm.as_patient(ana, MONDAY), "A wide water.", once=once).id == first.id == once
    with pytest.raises(Refused, match="out of date"):
        integration.write_entry(elm.as_patient(ben, MONDAY), "Not mine.", once=once)
    assert JournalEntry.objects.count() == 1


def test_a_next_step_sent_twice_is_one_step(elm: House) -> None:
    story = cast.whole_course(elm, "ana")
    before, once = NextStep.objects.count(), uuid7(cast.NOW)
    doctor = elm.act(Role.PRESCRIBER, cast.NOW)
    made = [outcomes.choose(doctor, story.patient.id, "continue", "Going well so far", once) for _ in range(2)]
    assert {one.id for one in made} == {once}
    assert NextStep.objects.count() == before + 1


def test_times_that_changed_since_they_were_seen_are_shown_again(elm: House, send: Callable[..., Any]) -> None:
    story, other = cast.evaluated(elm, "ana"), cast.evaluated(elm, "ben")
    doctor, address = elm.staff[Role.PRESCRIBER], f"/patients/{story.patient.id}/course/new/"
    shown = send(doctor, address, entered(elm, preview="1")).context["ways"][0][0]
    # The only therapist's hour goes to somebody else in the meantime.
    plan.plan_course(elm.act(Role.PRESCRIBER, MONDAY), other.patient.id, new(elm))
    for seen in (shown, "", "no date"):
        answer = send(doctor, address, entered(elm, sign="1", shown=seen))
        assert "The times have changed since you looked" in answer.content.decode()
        assert answer.context["ways"]
    assert not Course.objects.filter(patient=story.patient).exists()
    fresh = answer.context["ways"][0][0]
    assert fresh != shown
    assert send(doctor, address, entered(elm, sign="1", shown=fresh)).status_code == 302
    assert Course.objects.filter(patient=story.patient).count() == 1


def test_nobody_plans_orders_or_decides_for_themselves(elm: House) -> None:
    story = cast.planned(elm, "ana")

    def oneself(role: Role, at: Instant) -> Act:
        return replace(elm.act(role, at), actor=story.patient.user)

    doctor, visit = oneself(Role.PRESCRIBER, DOSE_DAY), dose_of(story).booking.pairs.get()
    for try_it in (
        lambda: plan.plan_course(doctor, story.patient.id, new(elm)),
        lambda: plan.end_course(doctor, story.patient.id, "stopped", "I wish it so"),
        lambda: ordering.sign_orders(doctor, story.ids["dose_id"], Decimal(35), []),
        lambda: outcomes.choose(doctor, story.patient.id, "continue", "I wish it so"),
        lambda: integration.miss_visit(oneself(Role.THERAPIST, cast.VISIT_DAY), visit.id, ""),
    ):
        with pytest.raises(Refused, match="You cannot do this for yourself"):
            try_it()


def test_sharing_waits_for_the_morning_after_a_dose(elm: House) -> None:
    story = cast.released(elm, "ana")
    evening = elm.as_patient(story.patient, Instant(DOSE_DAY + timedelta(hours=8)))
    entry = integration.write_entry(evening, "A wide water.")
    with pytest.raises(Refused, match="sharing waits until Wednesday") as no:
        integration.share_entry(evening, entry.id, True)
    assert no.value.field == "share"
    integration.share_entry(evening, entry.id, False)
    opens = sharing_opens(evening, story.patient)
    assert opens is not None
    integration.share_entry(evening.later(opens), entry.id, True)


def test_the_page_that_shares_waits_too(elm: House, monkeypatch: pytest.MonkeyPatch) -> None:
    story = cast.released(elm, "ana")
    monkeypatch.setattr(clock, "now", lambda: Instant(DOSE_DAY + timedelta(hours=8)))
    client = Client()
    client.force_login(story.patient.user)
    answer = client.post("/me/journal/", {"words": "A wide water.", "share": "1"})
    assert "sharing waits until" in answer.content.decode()
    assert not JournalEntry.objects.exists()
    assert client.post("/me/journal/", {"words": "A wide water."}).status_code == 302
