"""A day's orders on one page, signed once: same, step or hold for each, one set of medicines for all."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from tests import cast
from tests.cast import DOSE_DAY, MONDAY, House

from kapstone.care.quantities import Instant
from kapstone.clinic.config import clock
from kapstone.clinic.ground.ledger.models import LedgerRow
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.models import User
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.plan.models import Dose, DoseHeld, Order
from kapstone.clinic.plan.ordering import actions
from kapstone.clinic.plan.ordering.actions import Decided, What
from kapstone.clinic.plan.ordering.prn import Prn
from kapstone.clinic.session import actions as session

PILL = Prn("ondansetron", Decimal(4), "mg", "vomiting", 1, "prn_mouth")
EARLY = Instant(DOSE_DAY - timedelta(hours=2))


@pytest.fixture
def elm(db: None) -> House:
    """A clinic whose director has signed the policy."""
    return cast._house("Elm Clinic", "elm", MONDAY)


@pytest.fixture
def see(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Opens a page, or sends a form to it, as somebody at a moment."""

    def look(user: User, address: str, data: dict[str, object] | None = None, at: Instant = EARLY) -> Any:
        monkeypatch.setattr(clock, "now", lambda: at)
        client = Client()
        client.force_login(user)
        return client.post(address, data) if data is not None else client.get(address)

    return look


PRN = {"drug_1": "ondansetron", "amount_1": "4", "unit_1": "mg", "route_1": "prn_mouth", "trigger_1": "vomiting",
       "times_1": "1"}  # fmt: skip


def test_one_signature_orders_for_everybody(elm: House, see: Callable[..., Any]) -> None:
    ana, ben = cast.planned(elm, "ana"), cast.planned(elm, "ben")
    doctor = elm.staff[Role.PRESCRIBER]
    page = see(doctor, "/orders/").content.decode()
    assert page.count("Planned: 35 mg.") == 2 and "None yet" in page and "The first score is 18." in page
    rows = LedgerRow.objects.count()
    sent = {"what_1": "same", "what_2": "step", "mg_2": "28", **PRN}
    assert see(doctor, "/orders/", sent).status_code == 302
    assert LedgerRow.objects.filter(verb="order.sign").count() == 1 and LedgerRow.objects.count() > rows
    amounts = {one.dose_id: one.amount for one in Order.objects.filter(kind=Order.DOSE)}
    assert sorted(amounts.values()) == [28, 35]
    assert {one.dose_id for one in Order.objects.filter(kind=Order.PRN)} == set(amounts)
    assert set(amounts) == {ana.ids["dose_id"], ben.ids["dose_id"]}
    assert see(doctor, "/orders/").content.decode().count("Signed") >= 2


def test_one_that_cannot_be_signed_stops_all_and_nothing_typed_is_lost(elm: House, see: Callable[..., Any]) -> None:
    cast.planned(elm, "ana")
    ben = cast.planned(elm, "ben")
    answer = see(elm.staff[Role.PRESCRIBER], "/orders/", {"what_1": "same", "what_2": "step", "mg_2": "900", **PRN})
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
    ],
)
def test_what_is_missing_is_asked_for(
    elm: House, see: Callable[..., Any], sent: dict[str, object], sentence: str
) -> None:
    cast.planned(elm, "ana")
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
    made_up = actions.MadeUp(Decimal(50), Decimal(100), Decimal(40))
    first = Order.objects.get(dose__number=1, kind=Order.DOSE)
    assert (first.strength, made_up.strength) == (None, 50)
    actions.sign_day(doctor, [Decided(dose.id, What.SAME)], [PILL])
    assert Order.objects.get(dose=dose, kind=Order.DOSE).amount == 35


def test_only_a_prescriber_opens_the_list_and_an_empty_day_says_so(elm: House, see: Callable[..., Any]) -> None:
    assert "No dose is booked for this day." in see(elm.staff[Role.PRESCRIBER], "/orders/").content.decode()
    assert see(elm.staff[Role.PRESCRIBER], "/orders/day/2026-13-40/").status_code == 404
    assert see(elm.staff[Role.NURSE], "/orders/").status_code == 404
