"""A day's orders on one page, signed once: same, step or hold for each, one set of medicines for all."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests import cast
from tests.cast import DOSE_DAY, House

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.ledger.models import LedgerRow
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.plan.models import Dose, DoseHeld, Order
from kapstone.clinic.plan.ordering import actions
from kapstone.clinic.plan.ordering.actions import Decided, What
from kapstone.clinic.plan.ordering.prn import Prn
from kapstone.clinic.session import actions as session

PILL = Prn("ondansetron", Decimal(4), "mg", "vomiting", 1, "prn_mouth")
EARLY = Instant(DOSE_DAY - timedelta(hours=2))


LOOKED_AT = EARLY
"""When pages are looked at, where a test says nothing else."""


PRN = {"drug_1": "ondansetron", "amount_1": "4", "unit_1": "mg", "route_1": "prn_mouth", "trigger_1": "vomiting",
       "times_1": "1"}  # fmt: skip


def named(part: str, story: Any) -> str:
    """The name of a field of somebody's dose on the day's list."""
    return f"{part}_{story.ids['dose_id'].hex}"


def test_one_signature_orders_for_everybody(elm: House, see: Callable[..., Any]) -> None:
    ana, ben = cast.planned(elm, "ana"), cast.planned(elm, "ben")
    doctor = elm.staff[Role.PRESCRIBER]
    page = see(doctor, "/orders/").content.decode()
    assert page.count("Planned: 35 mg.") == 2 and "None yet" in page and "The first score is 18." in page
    rows = LedgerRow.objects.count()
    sent = {named("what", ana): "same", named("what", ben): "step", named("mg", ben): "28", **PRN}
    assert see(doctor, "/orders/", sent).status_code == 302
    assert LedgerRow.objects.filter(verb="order.sign").count() == 1 and LedgerRow.objects.count() > rows
    amounts = {one.dose_id: one.amount for one in Order.objects.filter(kind=Order.DOSE)}
    assert amounts == {ana.ids["dose_id"]: 35, ben.ids["dose_id"]: 28}
    assert {one.dose_id for one in Order.objects.filter(kind=Order.PRN)} == set(amounts)
    assert set(amounts) == {ana.ids["dose_id"], ben.ids["dose_id"]}
    assert see(doctor, "/orders/").content.decode().count("Signed") >= 2


def test_one_that_cannot_be_signed_stops_all_and_nothing_typed_is_lost(elm: House, see: Callable[..., Any]) -> None:
    ana, ben = cast.planned(elm, "ana"), cast.planned(elm, "ben")
    sent = {named("what", ana): "same", named("what", ben): "step", named("mg", ben): "900", **PRN}
    answer = see(elm.staff[Role.PRESCRIBER], "/orders/", sent)
    said = answer.content.decode()
    assert answer.status_code == 200 and not Order.objects.exists()
    assert f"{ben.patient.name}: 900 mg" in said and 'value="900"' in said and "vomiting" in said


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose same, step or hold for at least one dose."),
        ({"what_1": "step"}, "write the milligrams of this step"),
        ({"mg_1": "40"}, "an amount is typed; choose “Step” or clear it"),
        ({"what_1": "step", "mg_1": "35"}, "A step is to another amount than 35 mg."),
        ({"what_1": "hold"}, "Write why it is held."),
        ({"what_1": "same", "drug_2": "labetalol"}, "If needed 2: write how it goes in as well."),
        ({"what_1": "same", "drug_1": "ketamine", "amount_1": "5"}, "Another dose is a dose of the plan"),
        ({"what_1": "same", "drug_1": "Ketalar 500", "amount_1": "5"}, "Another dose is a dose of the plan"),
        ({"what_1": "same", "drug_1": "spravatto", "amount_1": "5"}, "Another dose is a dose of the plan"),
    ],
)
def test_what_is_missing_is_asked_for(
    elm: House, see: Callable[..., Any], sent: dict[str, object], sentence: str
) -> None:
    story = cast.planned(elm, "ana")
    sent = {named(key[:-2], story) if key[:-2] in ("what", "mg") else key: value for key, value in sent.items()}
    assert sentence in see(elm.staff[Role.PRESCRIBER], "/orders/", sent).content.decode()
    assert not Order.objects.exists() and not DoseHeld.objects.exists()


@pytest.mark.mitigates("M-124")
def test_a_held_dose_is_not_given_until_an_order_lifts_it(elm: House, see: Callable[..., Any]) -> None:
    story = cast.planned(elm, "ana")
    doctor, nurse = elm.act(Role.PRESCRIBER, EARLY), elm.act(Role.NURSE, DOSE_DAY)
    actions.sign_orders(doctor, story.ids["dose_id"], Decimal(35), [PILL])
    here = session.arrive(nurse, story.ids["dose_id"]).id
    session.pass_timeout(nurse, here, cast.timeout(DOSE_DAY))
    later = Instant(DOSE_DAY + timedelta(minutes=1))
    actions.hold_dose(elm.act(Role.PRESCRIBER, DOSE_DAY), story.ids["dose_id"], "Fever since the morning")
    with pytest.raises(Refused, match="holds this dose: Fever since the morning"):
        session.start_dose(elm.act(Role.NURSE, later), here)
    assert "Fever since the morning" in see(elm.staff[Role.PRESCRIBER], "/orders/", at=later).content.decode()
    actions.sign_orders(elm.act(Role.PRESCRIBER, later), story.ids["dose_id"], Decimal(28), [])
    cast.checked(elm, here, later)
    session.start_dose(elm.act(Role.NURSE, later), here)
    with pytest.raises(Refused, match="has begun"):
        actions.hold_dose(elm.act(Role.PRESCRIBER, later), story.ids["dose_id"], "Too late to hold")


def test_the_second_time_what_the_first_showed_stands_beside_it(elm: House, see: Callable[..., Any]) -> None:
    story = cast.released(elm, "ana")
    dose = Dose.objects.select_related("booking").get(course__patient=story.patient, number=2)
    morning = Instant(dose.booking.starts_at - timedelta(hours=2))
    doctor = elm.act(Role.PRESCRIBER, morning)
    page = see(elm.staff[Role.PRESCRIBER], "/orders/", at=morning).content.decode()
    assert "35 mg, Tuesday, November 3, 2026" in page and "130 systolic, 80 diastolic mmHg" in page
    assert "ondansetron" in page, "the set begins with what was signed last"
    assert "<b>Same</b> is 35 mg, as last time." in page
    actions.sign_day(doctor, [Decided(dose.id, What.SAME)], [PILL])
    assert Order.objects.get(dose=dose, kind=Order.DOSE).amount == 35


def test_same_repeats_how_it_was_drawn_up_and_says_so_first(elm: House, see: Callable[..., Any]) -> None:
    story = cast.planned(elm, "ana")
    made_up = actions.MadeUp(Decimal(50), Decimal(100), Decimal(40))
    actions.sign_orders(elm.act(Role.PRESCRIBER, EARLY), story.ids["dose_id"], Decimal(35), [], made_up=made_up)
    here = session.arrive(elm.act(Role.NURSE, DOSE_DAY), story.ids["dose_id"]).id
    session.pass_timeout(elm.act(Role.NURSE, DOSE_DAY), here, cast.timeout(DOSE_DAY))
    start = see(elm.staff[Role.NURSE], f"/sessions/{here}/start/", at=DOSE_DAY).content.decode()
    drawn = "0.7 mL of 50 mg/mL, made up to 100 mL, 150 mL/h over 40 min"
    assert drawn in start
    cast.checked(elm, here, DOSE_DAY)
    session.start_dose(elm.act(Role.NURSE, DOSE_DAY), here)
    dose = Dose.objects.select_related("booking").get(course__patient=story.patient, number=2)
    morning = Instant(dose.booking.starts_at - timedelta(hours=2))
    page = see(elm.staff[Role.PRESCRIBER], "/orders/", at=morning).content.decode()
    assert f"as last time: {drawn}." in page
    actions.sign_day(elm.act(Role.PRESCRIBER, morning), [Decided(dose.id, What.SAME)], [])
    again = Order.objects.get(dose=dose, kind=Order.DOSE)
    assert (again.strength, again.bag_ml, again.over_min) == (50, 100, 40)


@pytest.mark.mitigates("M-129")
def test_a_list_that_changed_orders_for_nobody_else(elm: House, see: Callable[..., Any]) -> None:
    ana, ben = cast.planned(elm, "ana"), cast.planned(elm, "ben")
    actions.sign_orders(elm.act(Role.PRESCRIBER, EARLY), ana.ids["dose_id"], Decimal(35), [])
    sent = {named("what", ana): "step", named("mg", ana): "28", named("what", ben): "hold", named("reason", ben): "?"}
    said = see(elm.staff[Role.PRESCRIBER], "/orders/", sent).content.decode()
    assert "A dose for which you chose is signed, begun or gone since you opened this list." in said
    assert Order.objects.count() == 1 and not DoseHeld.objects.exists(), "nobody gets what was meant for another"


def test_sending_a_day_twice_orders_once(elm: House, see: Callable[..., Any]) -> None:
    ana = cast.planned(elm, "ana")
    cast.planned(elm, "ben")
    sent = {named("what", ana): "same", **PRN}
    assert see(elm.staff[Role.PRESCRIBER], "/orders/", sent).status_code == 302
    assert "Nothing is signed yet." in see(elm.staff[Role.PRESCRIBER], "/orders/", sent).content.decode()
    assert {one.dose_id for one in Order.objects.all()} == {ana.ids["dose_id"]}


def test_a_signed_dose_is_held_or_replaced_from_its_page(elm: House, see: Callable[..., Any]) -> None:
    story = cast.planned(elm, "ana")
    doctor, address = elm.staff[Role.PRESCRIBER], f"/doses/{story.ids['dose_id']}/orders/"
    actions.sign_orders(elm.act(Role.PRESCRIBER, EARLY), story.ids["dose_id"], Decimal(34), [PILL])
    first = Order.objects.get(kind=Order.DOSE)
    page = see(doctor, address).content.decode()
    assert "Hold this dose" in page and "Replace these orders" in page and str(first.id) in page
    minute = [Instant(EARLY + timedelta(minutes=n)) for n in range(6)]
    other = {"do": "sign", "mg": "35", "instead": str(first.id)}
    assert see(doctor, address, {**other, "mg": "900"}, at=minute[1]).status_code == 200
    assert see(doctor, address, other, at=minute[1]).status_code == 302
    stale = see(doctor, address, other, at=minute[2]).content.decode()
    assert "The order has changed since this page was opened." in stale and 'value="35"' in stale
    blind = see(doctor, address, {"do": "sign", "mg": "20"}, at=minute[2]).content.decode()
    assert "already ordered" in blind
    from kapstone.clinic.plan.ordering.queries import dose_order, orders

    dose = Dose.objects.get(id=story.ids["dose_id"])
    assert [one.amount for one in orders(elm.act(Role.PRESCRIBER, minute[2]), dose)] == [35], (
        "the pill went with 34 mg"
    )
    held = see(doctor, address, {"do": "hold", "why": ""}, at=minute[3]).content.decode()
    assert "This field is required." in held
    assert see(doctor, address, {"do": "hold", "why": "Fever"}, at=minute[3]).status_code == 302
    assert dose_order(elm.act(Role.PRESCRIBER, minute[4]), dose) is None
    assert "Fever" in see(doctor, address, at=minute[4]).content.decode()


@pytest.mark.mitigates("M-129")
def test_the_order_that_was_read_is_the_one_that_starts(elm: House, see: Callable[..., Any]) -> None:
    story = cast.planned(elm, "ana")
    dose_id, nurse = story.ids["dose_id"], elm.staff[Role.NURSE]
    actions.sign_orders(elm.act(Role.PRESCRIBER, EARLY), dose_id, Decimal(34), [])
    first = Order.objects.get()
    here = session.arrive(elm.act(Role.NURSE, DOSE_DAY), dose_id).id
    session.pass_timeout(elm.act(Role.NURSE, DOSE_DAY), here, cast.timeout(DOSE_DAY))
    later, last = (Instant(DOSE_DAY + timedelta(minutes=n)) for n in (1, 2))
    actions.sign_orders(elm.act(Role.PRESCRIBER, later), dose_id, Decimal(35), [], instead=first.id)
    sent = {"event_id": "01a10c3d-33e0-7659-8b9b-a840200c5d75", "order": str(first.id), "right_patient": "on"}
    said = see(nurse, f"/sessions/{here}/start/", sent, at=last).content.decode()
    assert "The order has changed since this page was opened." in said and "<b>35 mg</b>" in said
    second = Order.objects.get(amount=35)
    cast.checked(elm, here, last)
    assert str(second.id) in said
    assert see(nurse, f"/sessions/{here}/start/", {**sent, "order": str(second.id)}, at=last).status_code == 302


def test_an_order_is_for_its_own_day(elm: House) -> None:
    story = cast.planned(elm, "ana")
    dose = Dose.objects.select_related("booking").get(id=story.ids["dose_id"])
    actions.sign_orders(elm.act(Role.PRESCRIBER, EARLY), dose.id, Decimal(35), [PILL])
    dose.booking.starts_at -= timedelta(days=1)
    dose.booking.save(update_fields=["starts_at"])
    from kapstone.clinic.plan.ordering.queries import orders

    dose.refresh_from_db()
    assert not orders(elm.act(Role.PRESCRIBER, EARLY), dose).exists(), "the dose moved; it is ordered anew"


def test_a_medicine_can_be_added_while_the_dose_runs(elm: House, see: Callable[..., Any]) -> None:
    story = cast.dosing(elm, "ana")
    doctor, address = elm.staff[Role.PRESCRIBER], f"/doses/{story.ids['dose_id']}/orders/"
    now = Instant(DOSE_DAY + timedelta(minutes=30))
    page = see(doctor, address, at=now).content.decode()
    assert "The dose began" in page and "Replace these orders" not in page and "Hold this dose" not in page
    more = {"do": "more", "drug_1": "labetalol", "amount_1": "10", "unit_1": "mg", "route_1": "prn_injection",
            "trigger_1": "180 systolic", "times_1": "1"}  # fmt: skip
    assert see(doctor, address, {"do": "more"}, at=now).status_code == 200
    assert see(doctor, address, more, at=now).status_code == 302
    order = Order.objects.get(drug="labetalol")
    session.give_medicine(elm.act(Role.NURSE, now), story.ids["session_id"], order.id)
    again = Instant(now + timedelta(minutes=5))
    assert see(doctor, address, more, at=again).status_code == 302
    second = Order.objects.filter(drug="labetalol").order_by("signed_at").last()
    assert second is not None
    with pytest.raises(Refused, match="labetalol was given 1 times for this dose; the order allows 1"):
        session.give_medicine(elm.act(Role.NURSE, again), story.ids["session_id"], second.id)
    with pytest.raises(Refused, match="This dose has begun; a medicine to give if needed can still be added"):
        actions.sign_orders(elm.act(Role.PRESCRIBER, again), story.ids["dose_id"], Decimal(60), [])


def test_only_a_prescriber_opens_the_list_and_an_empty_day_says_so(elm: House, see: Callable[..., Any]) -> None:
    assert "No dose is booked for this day." in see(elm.staff[Role.PRESCRIBER], "/orders/").content.decode()
    for day in ("2026-13-40", "9999-12-31", "0001-01-01"):
        assert see(elm.staff[Role.PRESCRIBER], f"/orders/day/{day}/").status_code == 404, day
    assert see(elm.staff[Role.NURSE], "/orders/").status_code == 404
