"""A session that is called off, a time-out of another day, and today's weight: what stops a start and the way on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests import cast
from tests.cast import DOSE_DAY, House, Story

from kapstone.care.quantities import Instant
from kapstone.care.session import Phase
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.plan.models import Dose, Order
from kapstone.clinic.plan.ordering import actions as ordering
from kapstone.clinic.plan.ordering.prn import Prn
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.models import TreatmentSession
from kapstone.clinic.session.queries import board, session_for, session_of

EARLY = Instant(DOSE_DAY - timedelta(hours=2))
NEXT_DAY = Instant(DOSE_DAY + timedelta(days=1))


LOOKED_AT = DOSE_DAY
"""When pages are looked at, where a test says nothing else."""


def moved(story: Story, days: int) -> None:
    """The booking of the first dose, so many days later."""
    booking = Dose.objects.select_related("booking").get(id=story.ids["dose_id"]).booking
    for name in ("starts_at", "ends_at", "dose_ends_at"):
        setattr(booking, name, getattr(booking, name) + timedelta(days=days))
    booking.save()


def test_not_today_ends_the_session_and_the_patient_can_come_again(elm: House, see: Callable[..., Any]) -> None:
    story, nurse = cast.planned(elm, "ana"), elm.staff[Role.NURSE]
    first = session.arrive(elm.act(Role.NURSE, DOSE_DAY), story.ids["dose_id"])
    page = see(nurse, f"/sessions/{first.id}/").content.decode()
    assert "Not today" in page
    sent = {"event_id": "01a10c3d-33e0-7659-8b9b-a840200c5d75", "words": ""}
    assert see(nurse, f"/sessions/{first.id}/not-today/", sent).status_code == 200
    sent["words"] = "Fever"
    assert see(nurse, f"/sessions/{first.id}/not-today/", sent).status_code == 302
    assert see(nurse, f"/sessions/{first.id}/not-today/", sent).status_code == 302, "sent twice is once"
    assert session_of(elm.act(Role.NURSE, DOSE_DAY), first.id).phase is Phase.CANCELLED
    assert "Has arrived" in see(nurse, "/board/").content.decode(), "a mistake can be put right the same day"
    moved(story, 1)
    (card,) = board(elm.act(Role.NURSE, NEXT_DAY))
    assert card.phase is Phase.PLANNED, "what was called off yesterday says nothing of today"
    second = session.arrive(elm.act(Role.NURSE, NEXT_DAY), story.ids["dose_id"])
    assert second.id != first.id and TreatmentSession.objects.count() == 2
    assert session.arrive(elm.act(Role.NURSE, NEXT_DAY), story.ids["dose_id"]).id == second.id
    dose = Dose.objects.get(id=story.ids["dose_id"])
    assert session_for(elm.act(Role.NURSE, NEXT_DAY), dose) == second


def test_a_medicine_counts_over_a_session_that_was_called_off(elm: House) -> None:
    story, nurse = cast.planned(elm, "ana"), elm.act(Role.NURSE, DOSE_DAY)
    pill = Prn("ondansetron", Decimal(4), "mg", "nausea", 1, "prn_mouth")
    ordering.sign_orders(elm.act(Role.PRESCRIBER, EARLY), story.ids["dose_id"], Decimal(35), [pill])
    order = Order.objects.get(kind=Order.PRN)
    first = session.arrive(nurse, story.ids["dose_id"])
    session.give_medicine(nurse, first.id, order.id)
    session.not_today(nurse, first.id, "She feels ill")
    later = elm.act(Role.NURSE, Instant(DOSE_DAY + timedelta(minutes=30)))
    second = session.arrive(later, story.ids["dose_id"])
    with pytest.raises(Refused, match="ondansetron was given 1 times for this dose; the order allows 1"):
        session.give_medicine(later, second.id, order.id)
    brand = replace(pill, drug="Zofran")
    (other,) = ordering.sign_if_needed(elm.act(Role.PRESCRIBER, later.at), story.ids["dose_id"], [brand])
    with pytest.raises(Refused, match="Zofran was given 1 times for this dose"):
        session.give_medicine(later, second.id, other.id)


def test_what_was_signed_after_the_page_was_opened_is_read_first(elm: House, see: Callable[..., Any]) -> None:
    story, nurse = cast.planned(elm, "ana"), elm.staff[Role.NURSE]
    here = session.arrive(elm.act(Role.NURSE, DOSE_DAY), story.ids["dose_id"]).id
    session.pass_timeout(elm.act(Role.NURSE, DOSE_DAY), here, cast.timeout(DOSE_DAY))
    assert "No signed order" in see(nurse, f"/sessions/{here}/start/").content.decode()
    ordering.sign_orders(elm.act(Role.PRESCRIBER, DOSE_DAY), story.ids["dose_id"], Decimal(35), [])
    sent = {"event_id": "01a10c3d-33e0-7659-8b9b-a840200c5d75", "order": "", "right_patient": "on"}
    assert "Read it again" in see(nurse, f"/sessions/{here}/start/", sent).content.decode()
    sent["order"] = str(Order.objects.get().id)
    cast.checked(elm, here, DOSE_DAY)
    assert see(nurse, f"/sessions/{here}/start/", sent).status_code == 302


def test_the_desk_notes_an_arrival_once_and_sees_who_is_here(elm: House, see: Callable[..., Any]) -> None:
    story, desk = cast.planned(elm, "ana"), elm.staff[Role.FRONT_DESK]
    assert "Has arrived" in see(desk, "/board/").content.decode()
    for _ in range(2):
        assert see(desk, f"/doses/{story.ids['dose_id']}/arrive/", {}).status_code == 302
    assert TreatmentSession.objects.count() == 1, "arriving twice is one arrival, also for those who see no session"
    page = see(desk, "/board/").content.decode()
    assert "Has arrived" not in page and f"/sessions/{TreatmentSession.objects.get().id}/" not in page


def test_a_session_that_was_never_begun_bars_no_later_dose(elm: House) -> None:
    story = cast.planned(elm, "ana")
    here = session.arrive(elm.act(Role.NURSE, DOSE_DAY), story.ids["dose_id"])
    second = Dose.objects.select_related("booking").get(course__patient=story.patient, number=2)
    at = Instant(second.booking.starts_at)
    with pytest.raises(Refused, match="Dose 1 of this patient is not finished; finish it, or say “Not today” there"):
        session.arrive(elm.act(Role.NURSE, at), second.id)
    session.not_today(elm.act(Role.NURSE, at), here.id, "She had eaten")
    session.arrive(elm.act(Role.NURSE, at), second.id)


def test_a_dose_that_runs_is_stopped_and_not_called_off(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    with pytest.raises(Refused, match="You cannot call the session off now: the session is dosing"):
        session.not_today(elm.act(Role.NURSE, DOSE_DAY), story.ids["session_id"], "Too late")


@pytest.mark.mitigates("M-131")
def test_a_time_out_of_another_day_starts_nothing(elm: House) -> None:
    story = cast.planned(elm, "ana")
    here = session.arrive(elm.act(Role.NURSE, DOSE_DAY), story.ids["dose_id"]).id
    session.pass_timeout(elm.act(Role.NURSE, DOSE_DAY), here, cast.timeout(DOSE_DAY))
    moved(story, 1)
    morning, noon = Instant(NEXT_DAY - timedelta(hours=2)), NEXT_DAY
    ordering.sign_orders(elm.act(Role.PRESCRIBER, morning), story.ids["dose_id"], Decimal(35), [])
    reading = session.Reading(cast.values(120, 75))
    session.record(elm.act(Role.NURSE, noon), here, [reading])
    with pytest.raises(Refused, match="The time-out is of another day"):
        session.start_dose(elm.act(Role.NURSE, noon), here)
    session.pass_timeout(elm.act(Role.NURSE, noon), here, cast.timeout(noon))
    cast.checked(elm, here, noon)
    session.start_dose(elm.act(Role.NURSE, noon), here)


@pytest.mark.mitigates("M-130")
def test_a_soft_limit_that_todays_weight_brings_is_answered_by_a_prescriber(elm: House) -> None:
    story = cast.planned(elm, "ana")
    dose_id, nurse = story.ids["dose_id"], elm.act(Role.NURSE, DOSE_DAY)
    ordering.sign_orders(elm.act(Role.PRESCRIBER, EARLY), dose_id, Decimal(35), [], "A reason of this morning")
    here = session.arrive(nurse, dose_id).id
    light = cast.timeout(DOSE_DAY)
    light = type(light)(light.answers, Decimal(40), light.sbp, light.dbp, light.pressure_at)
    session.pass_timeout(nurse, here, light, weight_confirmed=True)
    with pytest.raises(Refused, match=r"At today's weight of 40 kg: 0.875 mg/kg is above this clinic's soft limit"):
        session.start_dose(nurse, here)
    first = Order.objects.get()
    later = Instant(DOSE_DAY + timedelta(minutes=1))
    doctor = elm.act(Role.PRESCRIBER, later)
    ordering.sign_orders(doctor, dose_id, Decimal(35), [], "Lost weight; same total dose wanted", instead=first.id)
    cast.checked(elm, here, later)
    session.start_dose(elm.act(Role.NURSE, later), here)
    begun = session_of(elm.act(Role.NURSE, later), here).state.dose
    assert begun["limits"][0]["policy"] == "plan.iv.soft_max_mg_per_kg"
