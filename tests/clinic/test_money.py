"""Money is shown before anybody books: paid, owed, next, and what a cancellation does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests import cast
from tests.cast import DOSE_DAY, MONDAY, House

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.models import Payment
from kapstone.clinic.ground.bookings.money import actions, queries
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed
from kapstone.clinic.plan.money.queries import money_of

FREE = "Free until two days before; after that 50 dollars. Stopping a dose is never charged."
LIST = {"iv": 45_000, "integration": 15_050}


def test_what_was_paid_is_owed_and_comes_next(elm: House) -> None:
    story = cast.planned(elm, "ana")
    actions.state_prices(elm.act(Role.CLINIC_LEAD, MONDAY), LIST, FREE)
    desk = elm.act(Role.FRONT_DESK, MONDAY)
    before = queries.standing(desk, story.patient)
    assert (before.paid, before.owed.cents, before.booked.cents) == (0, 0, 2 * (45_000 + 15_050))
    assert before.next and before.next.cents == 45_000
    actions.take_payment(desk, story.patient.id, 50_000, "card")
    after = queries.standing(elm.act(Role.FRONT_DESK, DOSE_DAY), story.patient)
    assert (after.paid, after.owed.cents) == (50_000, -5_000), "the dose has begun, and 50 dollars are paid ahead"
    assert after.next and after.next.cents == 15_050
    actions.take_payment(desk, story.patient.id, 5_000, "back")
    assert queries.standing(elm.act(Role.FRONT_DESK, DOSE_DAY), story.patient).owed.cents == 0


def test_a_price_that_is_not_written_is_said_to_be_unknown(elm: House, see: Callable[..., Any]) -> None:
    story = cast.planned(elm, "ana")
    page = see(story.patient.user, "/me/plan/").content.decode()
    assert "No price is written down" in page and "ask 203-555-0100" in page
    actions.state_prices(elm.act(Role.CLINIC_LEAD, MONDAY), {"iv": 45_000}, FREE)
    page = see(story.patient.user, "/me/plan/").content.decode()
    assert "$900.00, and what the clinic has no price for" in page and FREE in page


def test_the_prescriber_sees_the_cost_before_signing(elm: House, see: Callable[..., Any]) -> None:
    story = cast.evaluated(elm, "ana")
    actions.state_prices(elm.act(Role.CLINIC_LEAD, MONDAY), LIST, FREE)
    form = {
        "format_id": "iv", "amount": "35", "weight_kg": "70", "doses": "2", "first_day": "2026-11-03",
        "preparation": "0", "presence": "none", "hour": "09:30", "therapy_form": "each_dose",
        "therapist": str(elm.staff[Role.THERAPIST].id), "reason": "", "preview": "1",
    }  # fmt: skip
    page = see(elm.staff[Role.PRESCRIBER], f"/patients/{story.patient.id}/course/new/", form).content.decode()
    assert "<b>$1,201.00</b> for all of it" in page


def test_pages_write_prices_and_payments(elm: House, see: Callable[..., Any]) -> None:
    story = cast.evaluated(elm, "ana")
    lead, desk, page = elm.staff[Role.CLINIC_LEAD], elm.staff[Role.FRONT_DESK], f"/patients/{story.patient.id}/money/"
    said = see(lead, "/prices/", {"iv": "45.001", "cancelling": FREE}).content.decode()
    assert "at most two decimals, for cents" in said
    assert see(lead, "/prices/", {"iv": "450", "cancelling": FREE}).status_code == 302
    assert 'value="450.00"' in see(lead, "/prices/").content.decode()
    once = uuid7(MONDAY)
    paid: dict[str, object] = {"amount": "100.50", "how": "cash", "once": str(once)}
    assert [see(desk, page, paid).status_code for _ in range(2)] == [302, 302]
    assert Payment.objects.get().cents == 10_050, "sent twice, written once"
    assert "more than 0 dollars" in see(desk, page, {"amount": "0", "how": "cash"}).content.decode()
    assert "$100.50, cash" in see(desk, page).content.decode()
    assert see(elm.staff[Role.NURSE], page).status_code == 404


def test_a_dose_that_was_not_given_costs_nothing_and_old_prices_hold_for_the_past(elm: House) -> None:
    story = cast.released(elm, "ana")
    actions.state_prices(elm.act(Role.CLINIC_LEAD, MONDAY), LIST, FREE)
    later = Instant(DOSE_DAY + timedelta(days=4))
    desk = elm.act(Role.FRONT_DESK, later)
    owed = money_of(desk, story.patient).owed.cents
    assert owed == 45_000 + 15_050, "dose 1 with its visit; dose 2 was missed"
    actions.state_prices(elm.act(Role.CLINIC_LEAD, later), {"iv": 90_000, "integration": 15_050}, FREE)
    assert money_of(elm.act(Role.FRONT_DESK, Instant(later + timedelta(hours=1))), story.patient).owed.cents == owed


def test_no_more_is_paid_back_than_was_paid(elm: House) -> None:
    story = cast.evaluated(elm, "ana")
    desk = elm.act(Role.FRONT_DESK, MONDAY)
    with pytest.raises(Refused, match=r"\$0\.00 was paid; no more than that can be paid back"):
        actions.take_payment(desk, story.patient.id, 1, "back")
    actions.take_payment(desk, story.patient.id, 5_000, "card")
    with pytest.raises(Refused, match=r"\$50\.00 was paid"):
        actions.take_payment(desk, story.patient.id, 5_001, "back")


def test_prices_and_terms_stand_there_before_any_course(elm: House, see: Callable[..., Any]) -> None:
    story = cast.evaluated(elm, "ana")
    actions.state_prices(elm.act(Role.CLINIC_LEAD, MONDAY), LIST, FREE)
    actions.take_payment(elm.act(Role.FRONT_DESK, MONDAY), story.patient.id, 10_000, "card")
    page = see(story.patient.user, "/me/plan/").content.decode()
    assert "There is no course yet." in page and FREE in page and "$450.00" in page and "$100.00" in page


def test_what_is_owed_is_not_known_where_a_price_is_missing(elm: House, see: Callable[..., Any]) -> None:
    story = cast.released(elm, "ana")
    actions.state_prices(elm.act(Role.CLINIC_LEAD, MONDAY), {"integration": 15_050}, FREE)
    actions.take_payment(elm.act(Role.FRONT_DESK, MONDAY), story.patient.id, 10_000, "card")
    page = see(story.patient.user, "/me/plan/", at=Instant(DOSE_DAY + timedelta(days=1))).content.decode()
    assert "Not known: the clinic has no price written down for a part of it" in page and "Paid ahead" not in page


def test_who_may(elm: House) -> None:
    story = cast.evaluated(elm, "ana")
    with pytest.raises(NotAllowed):
        actions.take_payment(elm.act(Role.PRESCRIBER, MONDAY), story.patient.id, 100, "card")
    with pytest.raises(NotAllowed):
        actions.state_prices(elm.act(Role.FRONT_DESK, MONDAY), LIST, FREE)
    with pytest.raises(Refused, match="until when it is free"):
        actions.state_prices(elm.act(Role.CLINIC_LEAD, MONDAY), LIST, "50")
