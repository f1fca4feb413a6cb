"""The second person's check before a dose, other rates, and the one way back to dosing."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests import cast
from tests.cast import DOSE_DAY, House, Story

from kapstone.care.quantities import Instant
from kapstone.care.session import Phase
from kapstone.care.session.checking import Read
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.plan.models import Order
from kapstone.clinic.plan.ordering import actions as ordering
from kapstone.clinic.plan.ordering.actions import MadeUp
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.queries import session_of

LOOKED_AT = DOSE_DAY
BAG = MadeUp(Decimal(50), Decimal(100), Decimal(40))
RIGHT = Read("ketamine (racemic)", Decimal(35), Decimal(50), Decimal("0.7"), Decimal(150))


def later(minutes: float) -> Instant:
    """So many minutes after the dose day began."""
    return Instant(DOSE_DAY + timedelta(minutes=minutes))


@pytest.fixture
def ready(elm: House) -> Story:
    """Ordered in a bag, arrived, timed out by the nurse."""
    story = cast.planned(elm, "ana")
    ordering.sign_orders(elm.act(Role.PRESCRIBER, DOSE_DAY), story.ids["dose_id"], Decimal(35), [], made_up=BAG)
    nurse = elm.act(Role.NURSE, DOSE_DAY)
    story.ids["session_id"] = session.arrive(nurse, story.ids["dose_id"]).id
    session.pass_timeout(nurse, story.ids["session_id"], cast.timeout(DOSE_DAY))
    return story


WRONG = [
    # what was read, what the page says
    ({"drug": "esketamine"}, "Drug: you read esketamine; ordered is ketamine (racemic)."),
    ({"mg": Decimal(53)}, "Dose: you read 53 mg; ordered is 35 mg."),
    ({"strength": Decimal(100)}, "Strength on the vial: you read 100 mg/mL; ordered is 50 mg/mL."),
    ({"strength": Decimal(5)}, "Strength on the vial: you read 5 mg/mL; ordered is 50 mg/mL."),
    ({"ml": Decimal("0.72")}, "Volume in the syringe: you read 0.72 mL; ordered is 0.7 mL."),
    ({"ml": Decimal(7)}, "Volume in the syringe: you read 7 mL; ordered is 0.7 mL."),
    ({"rate": Decimal(15)}, "Rate on the pump: you read 15 mL/h; ordered is 150 mL/h."),
    ({"rate": Decimal(152)}, "Rate on the pump: you read 152 mL/h; ordered is 150 mL/h."),
    ({"rate": None}, "Rate on the pump: not read."),
    ({"ml": None}, "Volume in the syringe: not read."),
]


@pytest.mark.mitigates("M-136")
@pytest.mark.parametrize(("read", "said"), WRONG)
def test_what_reads_otherwise_blocks_the_start_and_stands_on_record(
    elm: House, ready: Story, read: dict[str, Any], said: str
) -> None:
    here, doctor = ready.ids["session_id"], elm.act(Role.PRESCRIBER, later(1))
    told = session.check_second(doctor, here, Read(**{**_as_dict(RIGHT), **read}))
    assert [str(one) for one in told] == [said]
    with pytest.raises(Refused, match="A second person has not checked"):
        session.start_dose(elm.act(Role.NURSE, later(2)), here)
    (line,) = [one.event for one in session_of(doctor, here).state.lines if one.event.kind == "second_check"]
    assert line.payload["differs"] == [said]


def _as_dict(read: Read) -> dict[str, Any]:
    return {name: getattr(read, name) for name in Read.__dataclass_fields__}


NEAR = [{"ml": Decimal("0.71")}, {"ml": Decimal("0.69")}, {"rate": Decimal("151.5")}, {"rate": Decimal("148.5")}, {}]


@pytest.mark.parametrize("read", NEAR)
def test_what_is_within_reading_is_no_difference(elm: House, ready: Story, read: dict[str, Any]) -> None:
    here = ready.ids["session_id"]
    assert session.check_second(elm.act(Role.PRESCRIBER, later(1)), here, Read(**{**_as_dict(RIGHT), **read})) == ()
    session.start_dose(elm.act(Role.NURSE, later(2)), here)
    assert session_of(elm.act(Role.NURSE, later(2)), here).phase is Phase.DOSING


@pytest.mark.mitigates("M-136")
def test_nobody_is_their_own_second_person(elm: House, ready: Story) -> None:
    with pytest.raises(Refused, match="You passed the time-out yourself"):
        session.check_second(elm.act(Role.NURSE, later(1)), ready.ids["session_id"], RIGHT)


@pytest.mark.parametrize("role", [Role.THERAPIST, Role.FRONT_DESK])
def test_the_second_person_is_one_who_may_chart(elm: House, ready: Story, role: Role) -> None:
    with pytest.raises(Exception, match="is not for"):
        session.check_second(elm.act(role, later(1)), ready.ids["session_id"], RIGHT)


@pytest.mark.mitigates("M-136")
def test_a_check_counts_for_the_order_that_was_read_and_the_time_out_before_it(elm: House, ready: Story) -> None:
    here = ready.ids["session_id"]
    session.check_second(elm.act(Role.PRESCRIBER, later(1)), here, RIGHT)
    old = Order.objects.get()
    doctor = elm.act(Role.PRESCRIBER, later(2))
    ordering.sign_orders(doctor, ready.ids["dose_id"], Decimal(30), [], made_up=BAG, instead=old.id)
    with pytest.raises(Refused, match="against this order yet"):
        session.start_dose(elm.act(Role.NURSE, later(3)), here)
    cast.checked(elm, here, later(4))
    session.pass_timeout(elm.act(Role.NURSE, later(5)), here, cast.timeout(later(5)))
    with pytest.raises(Refused, match="against this order yet"):
        session.start_dose(elm.act(Role.NURSE, later(6)), here)


@pytest.mark.mitigates("M-136")
def test_nothing_is_filled_in_that_must_be_read_off_the_vial(
    elm: House, ready: Story, see: Callable[..., Any]
) -> None:
    address = f"/sessions/{ready.ids['session_id']}/check/"
    page = see(elm.staff[Role.PRESCRIBER], address, at=later(1)).content.decode()
    form = page[page.index("<form class") : page.rindex("</form>")]
    assert "0.7" not in form and "150" not in form and 'value="35' not in form and 'value="50' not in form
    assert "selected" not in form.replace('value="" selected', "")
    wrong = {"event_id": "01a10c3d-33e0-7659-8b9b-a840200c5d04", "drug": "ketamine (racemic)", "mg": "35",
             "strength": "50", "ml": "0.9", "rate": "150"}  # fmt: skip
    said = see(elm.staff[Role.PRESCRIBER], address, wrong, at=later(1)).content.decode()
    assert "The dose may not start." in said and "you read 0.9 mL; ordered is 0.7 mL" in said
    again = see(elm.staff[Role.PRESCRIBER], address, {**wrong, "event_id": "01a10c3d-33e0-7659-8b9b-a840200c5d05",
                                                      "ml": "0.7"}, at=later(2))  # fmt: skip
    assert again.status_code == 302


def test_a_second_person_at_the_nurse_s_screen_signs_with_their_own_password(
    elm: House, ready: Story, see: Callable[..., Any]
) -> None:
    address, doctor = f"/sessions/{ready.ids['session_id']}/check/", elm.staff[Role.PRESCRIBER]
    doctor.set_password("a long word of their own")
    doctor.save()
    sent = {"event_id": "01a10c3d-33e0-7659-8b9b-a840200c5d06", "drug": "ketamine (racemic)", "mg": "35",
            "strength": "50", "ml": "0.7", "rate": "150"}  # fmt: skip
    assert "Choose a colleague" in see(elm.staff[Role.NURSE], address, sent, at=later(1)).content.decode()
    sent |= {"colleague": str(doctor.id), "password": "a long word of their own"}
    assert see(elm.staff[Role.NURSE], address, sent, at=later(1)).status_code == 302
    checked = session_of(elm.act(Role.NURSE, later(2)), ready.ids["session_id"]).state.checked
    assert checked is not None
    assert checked.author == str(doctor.id)


def test_a_rate_is_changed_down_and_back_up_to_what_is_ordered_and_no_further(elm: House, ready: Story) -> None:
    here = ready.ids["session_id"]
    session.check_second(elm.act(Role.PRESCRIBER, later(1)), here, RIGHT)
    session.start_dose(elm.act(Role.NURSE, later(2)), here)
    nurse = elm.act(Role.NURSE, later(10))
    with pytest.raises(Refused, match=r"Ordered is 150 mL/h\. Faster than that needs a new order"):
        session.change_rate(nurse, here, Decimal(151), "")
    session.change_rate(nurse, here, Decimal(75), "Pressure")
    ((_, rate),) = session_of(nurse, here).state.doses[0].rates
    assert rate == Decimal("0.437500")
    session.end_dose(elm.act(Role.NURSE, later(50)), here)
    with pytest.raises(Refused, match="no running infusion"):
        session.change_rate(elm.act(Role.NURSE, later(51)), here, Decimal(10), "")


@pytest.mark.mitigates("M-137")
def test_back_to_dosing_after_a_stop_only_by_a_new_order_checked_and_confirmed(elm: House, ready: Story) -> None:
    here = ready.ids["session_id"]
    session.check_second(elm.act(Role.PRESCRIBER, later(1)), here, RIGHT)
    session.start_dose(elm.act(Role.NURSE, later(2)), here)
    session.stop_dose(elm.act(Role.NURSE, later(10)), here, "Line came out")

    def again(minute: float, confirmed: bool = True) -> None:
        session.dose_again(elm.act(Role.NURSE, later(minute)), here, None, confirmed)

    with pytest.raises(Refused, match="Back to dosing only by a new order"):
        again(11)
    doctor = elm.act(Role.PRESCRIBER, later(12))
    with pytest.raises(Refused, match="Write why more is given"):
        ordering.sign_again(doctor, ready.ids["dose_id"], Decimal(17), "", BAG)
    with pytest.raises(Refused, match="With the 35 mg ordered before"):
        ordering.sign_again(doctor, ready.ids["dose_id"], Decimal(36), "New line, the rest", BAG)
    ordering.sign_again(doctor, ready.ids["dose_id"], Decimal(17), "New line, the rest of it", BAG)
    with pytest.raises(Refused, match="Confirm that one more dose"):
        again(13, confirmed=False)
    with pytest.raises(Refused, match="A second person has not checked"):
        again(13)
    cast.checked(elm, here, later(14))
    session.record(elm.act(Role.NURSE, later(15)), here, [session.Reading(cast.values(170, 90))])
    with pytest.raises(Refused, match="above this clinic's limit before a dose"):
        again(16)
    session.record(elm.act(Role.NURSE, later(17)), here, [session.Reading(cast.values(128, 80))])
    again(18)
    state = session_of(elm.act(Role.NURSE, later(19)), here).state
    assert (state.phase, state.clock_zero, len(state.doses)) == (Phase.DOSING, later(2), 2)
    session.end_dose(elm.act(Role.NURSE, later(40)), here)
    with pytest.raises(Refused, match="Back to dosing only by a new order"):
        again(41)


def test_more_of_a_dose_is_never_signed_before_it_began(elm: House, ready: Story) -> None:
    with pytest.raises(Refused, match="has not begun"):
        ordering.sign_again(elm.act(Role.PRESCRIBER, later(1)), ready.ids["dose_id"], Decimal(5), "More of it", BAG)


def test_the_prescriber_orders_more_on_the_page_of_the_orders(
    elm: House, ready: Story, see: Callable[..., Any]
) -> None:
    here = ready.ids["session_id"]
    session.check_second(elm.act(Role.PRESCRIBER, later(1)), here, RIGHT)
    session.start_dose(elm.act(Role.NURSE, later(2)), here)
    session.stop_dose(elm.act(Role.NURSE, later(10)), here, "Line came out")
    address, doctor = f"/doses/{ready.ids['dose_id']}/orders/", elm.staff[Role.PRESCRIBER]
    assert "Order more of this dose" in see(doctor, address, at=later(11)).content.decode()
    sent = {"do": "again", "mg": "17", "strength": "50", "bag_ml": "100", "over_min": "20", "reason": ""}
    assert "Why more is given" in see(doctor, address, sent, at=later(12)).content.decode()
    assert see(doctor, address, {**sent, "reason": "New line, the rest"}, at=later(12)).status_code == 302
    page = see(elm.staff[Role.NURSE], f"/sessions/{here}/", at=later(13)).content.decode()
    assert "Second check of the new order" in page
    cast.checked(elm, here, later(14))
    address = f"/sessions/{here}/again/"
    assert "<b>17 mg</b>" in see(elm.staff[Role.NURSE], address, at=later(15)).content.decode()
    order = Order.objects.get(kind=Order.AGAIN)
    sent = {"event_id": "01a10c3d-33e0-7659-8b9b-a840200c5d07", "order": str(order.id), "right_patient": "on"}
    assert "Confirm that one more dose" in see(elm.staff[Role.NURSE], address, sent, at=later(15)).content.decode()
    assert see(elm.staff[Role.NURSE], address, {**sent, "confirmed": "on"}, at=later(15)).status_code == 302


OPEN = [
    # strength and volume that were read where the order names none, what the page says
    (Decimal(50), Decimal("0.7"), []),
    (Decimal(100), Decimal("0.35"), []),
    (Decimal(100), Decimal("0.7"), ["Volume in the syringe: you read 0.7 mL; ordered is 0.35 mL."]),
    (Decimal(10), Decimal("0.7"), ["Volume in the syringe: you read 0.7 mL; ordered is 3.5 mL."]),
    (None, Decimal("0.7"), ["Strength on the vial: not read."]),
    (Decimal(0), Decimal("0.7"), ["Strength on the vial: not read."]),
    (Decimal(50), None, ["Volume in the syringe: not read."]),
]


@pytest.mark.mitigates("M-136")
@pytest.mark.parametrize(("strength", "ml", "said"), OPEN)
def test_a_vial_is_read_also_where_the_order_names_none(
    elm: House, strength: Decimal | None, ml: Decimal | None, said: list[str]
) -> None:
    story = cast.planned(elm, "ana")
    ordering.sign_orders(elm.act(Role.PRESCRIBER, DOSE_DAY), story.ids["dose_id"], Decimal(35), [])
    here = session.arrive(elm.act(Role.NURSE, DOSE_DAY), story.ids["dose_id"]).id
    session.pass_timeout(elm.act(Role.NURSE, DOSE_DAY), here, cast.timeout(DOSE_DAY))
    read = Read("ketamine (racemic)", Decimal(35), strength, ml)
    assert [str(one) for one in session.check_second(elm.act(Role.PRESCRIBER, later(1)), here, read)] == said
