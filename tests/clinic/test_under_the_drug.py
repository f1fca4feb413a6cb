"""From clock zero until the next morning nothing new is asked of a patient, on either side; stopping always works."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests import cast
from tests.cast import DOSE_DAY, House, Story

from kapstone.care.plan.touch import Touch
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.models import Payment
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.integration import actions as integration
from kapstone.clinic.integration.models import JournalEntry
from kapstone.clinic.plan.models import TouchAgreed
from kapstone.clinic.plan.money.actions import take_payment
from kapstone.clinic.plan.touch.actions import agree_to_touch
from kapstone.clinic.plan.touch.queries import touch_of

LOOKED_AT = Instant(DOSE_DAY + timedelta(minutes=30))
NEXT_MORNING = Instant(DOSE_DAY + timedelta(days=1))


def later(minutes: float) -> Instant:
    """So many minutes after clock zero."""
    return Instant(DOSE_DAY + timedelta(minutes=minutes))


@pytest.fixture
def story(elm: House) -> Story:
    """A dose runs; before it the patient agreed to a hand to hold."""
    return cast.dosing(elm, "ana")


@pytest.mark.mitigates("M-144")
def test_more_touch_is_agreed_to_by_nobody_under_the_drug_and_less_at_once(elm: House, story: Story) -> None:
    me, therapist = elm.as_patient(story.patient, later(30)), elm.act(Role.THERAPIST, later(30))
    for who in (me, therapist):
        with pytest.raises(Refused, match=r"Less touch is taken at once\. Agreeing to more waits until tomorrow"):
            agree_to_touch(who, story.patient.id, Touch.SHOULDER)
    agree_to_touch(therapist, story.patient.id, Touch.NONE)
    assert touch_of(me, story.patient) is Touch.NONE
    with pytest.raises(Refused, match="waits until tomorrow"):
        agree_to_touch(me, story.patient.id, Touch.HAND)
    morning = elm.as_patient(story.patient, NEXT_MORNING)
    agree_to_touch(morning, story.patient.id, Touch.SHOULDER)
    assert touch_of(morning, story.patient) is Touch.SHOULDER


def test_where_nobody_was_asked_there_is_no_touch_and_the_page_offers_none(
    elm: House, see: Callable[..., Any]
) -> None:
    ben = cast._admitted(elm, "ben")
    assert touch_of(elm.act(Role.NURSE, DOSE_DAY), ben.patient) is Touch.NONE
    page = see(elm.staff[Role.THERAPIST], f"/patients/{ben.patient.id}/touch/", at=DOSE_DAY).content.decode()
    assert "No touch</b>; nobody has asked yet" in page
    assert "checked" not in page, "nothing is chosen beforehand"


def test_the_pages_of_both_sides_offer_only_less(elm: House, story: Story, see: Callable[..., Any]) -> None:
    for who, address in (
        (story.patient.user, "/me/touch/"),
        (elm.staff[Role.THERAPIST], f"/patients/{story.patient.id}/touch/"),
    ):
        page = see(who, address, at=later(30)).content.decode()
        assert "agreeing to more waits until" in page
        assert 'value="shoulder"' not in page
        assert 'value="hand"' in page and 'value="none"' in page


def test_one_tap_on_the_session_page_ends_all_touch(elm: House, story: Story, see: Callable[..., Any]) -> None:
    here = f"/sessions/{story.ids['session_id']}/"
    page = see(elm.staff[Role.NURSE], here, at=later(30)).content.decode()
    assert "Touch: <b>A hand to hold</b>" in page
    sent = see(elm.staff[Role.NURSE], f"/patients/{story.patient.id}/touch/none/", {"back": here}, at=later(31))
    assert (sent.status_code, sent["Location"]) == (302, here)
    page = see(elm.staff[Role.NURSE], here, at=later(32)).content.decode()
    assert "Touch: <b>No touch</b>" in page and "No touch from now on" not in page.split("<main")[1]
    away = see(
        elm.staff[Role.NURSE], f"/patients/{story.patient.id}/touch/none/", {"back": "//elsewhere/"}, at=later(33)
    )
    assert away["Location"] == "/board/"


def test_the_same_answer_twice_is_one_row(elm: House, story: Story) -> None:
    me = elm.as_patient(story.patient, NEXT_MORNING)
    for _ in range(2):
        agree_to_touch(me, story.patient.id, Touch.SHOULDER)
    assert TouchAgreed.objects.filter(patient=story.patient).count() == 2


@pytest.mark.mitigates("M-144")
@pytest.mark.parametrize("how", ["card", "cash", "transfer"])
def test_no_payment_is_taken_from_somebody_under_the_drug(elm: House, story: Story, how: str) -> None:
    desk = elm.act(Role.FRONT_DESK, later(60))
    with pytest.raises(Refused, match=r"had a dose; payment waits until tomorrow morning"):
        take_payment(desk, story.patient.id, 100_00, how)
    assert not Payment.objects.exists()
    take_payment(elm.act(Role.FRONT_DESK, NEXT_MORNING), story.patient.id, 100_00, how)


def test_a_payer_s_money_a_refund_and_a_payment_sent_twice_wait_for_nothing(elm: House) -> None:
    story = cast.planned(elm, "ana")
    once, before = uuid7(DOSE_DAY), elm.act(Role.FRONT_DESK, DOSE_DAY)
    take_payment(before, story.patient.id, 100_00, "card", once)
    cast.checked_in_and_dosed(elm, story)
    desk = elm.act(Role.FRONT_DESK, later(60))
    take_payment(desk, story.patient.id, 100_00, "card", once)
    take_payment(desk, story.patient.id, 50_00, "payer")
    take_payment(desk, story.patient.id, 20_00, "back")
    assert [one.cents for one in Payment.objects.order_by("at", "id")] == [100_00, 50_00, -20_00]


def test_the_money_page_says_when_and_keeps_what_was_typed(elm: House, story: Story, see: Callable[..., Any]) -> None:
    address = f"/patients/{story.patient.id}/money/"
    assert "Nothing is asked of them until" in see(elm.staff[Role.FRONT_DESK], address, at=later(60)).content.decode()
    sent = {"once": str(uuid7(later(60))), "amount": "123.45", "how": "card"}
    page = see(elm.staff[Role.FRONT_DESK], address, sent, at=later(60)).content.decode()
    assert "payment waits until tomorrow morning" in page and "123.45" in page


@pytest.mark.mitigates("M-144")
def test_an_entry_is_not_shared_under_the_drug_whatever_page_asks(elm: House, story: Story) -> None:
    evening = elm.as_patient(story.patient, later(8 * 60))
    with pytest.raises(Refused, match="sharing waits until"):
        integration.write_entry(evening, "A wide water.", share=True)
    assert not JournalEntry.objects.exists(), "the form keeps the words; nothing half is saved"
    integration.write_entry(evening, "A wide water.")
