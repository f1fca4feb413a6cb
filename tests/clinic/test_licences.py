"""Who may give what: by a licence on record, in this state, not run out."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from tests import cast
from tests.cast import DOSE_DAY, MONDAY, House, Story

from kapstone.care.evidence import default_policy
from kapstone.care.plan.licences import Licence
from kapstone.clinic.config import clock
from kapstone.clinic.ground.people.actions import propose_policy, sign_policy
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed
from kapstone.clinic.plan.licences import actions
from kapstone.clinic.plan.licences.actions import NewLicence
from kapstone.clinic.plan.models import HeldLicence, Order
from kapstone.clinic.plan.ordering import actions as ordering
from kapstone.clinic.plan.ordering.prn import Prn
from kapstone.clinic.session import actions as session

PILL = Prn("ondansetron", Decimal(4), "mg", "vomiting", 1, "prn_mouth")
NEEDLE = Prn("labetalol", Decimal(10), "mg", "pressure above the line", 1, "prn_injection")


def only(house: House, *licences: tuple[Licence, str, date]) -> None:
    """The nurse holds these licences and no other."""
    lead, nurse = house.act(Role.CLINIC_LEAD, MONDAY), house.staff[Role.NURSE]
    for one in HeldLicence.objects.filter(person=nurse, ended=None):
        actions.end_licence(lead, one.id)
    for licence, state, until in licences:
        actions.hold_licence(lead, NewLicence(nurse.id, licence, state, "N-1", until))


def waiting(house: House) -> Story:
    """Ordered, arrived, timed out."""
    story = cast.planned(house, "ana")
    ordering.sign_orders(house.act(Role.PRESCRIBER, DOSE_DAY), story.ids["dose_id"], Decimal(35), [PILL, NEEDLE])
    nurse = house.act(Role.NURSE, DOSE_DAY)
    story.ids["session_id"] = session.arrive(nurse, story.ids["dose_id"]).id
    session.pass_timeout(nurse, story.ids["session_id"], cast.timeout(DOSE_DAY))
    cast.checked(house, story.ids["session_id"], DOSE_DAY)
    return story


LATER = date(2028, 6, 30)


@pytest.mark.mitigates("M-123")
@pytest.mark.parametrize(
    ("licences", "sentence"),
    [
        ((), "No licence is on record for you"),
        (((Licence.LPN, "CT", LATER),), "Your licence does not cover this"),
        (((Licence.RN, "NY", LATER),), "No licence is on record for you"),
        (((Licence.RN, "CT", date(2026, 11, 2)),), "No licence is on record for you"),
    ],
    ids=["none", "too small", "another state", "ran out yesterday"],
)
def test_without_a_licence_that_covers_it_no_dose_starts(
    elm: House, licences: tuple[tuple[Licence, str, date], ...], sentence: str
) -> None:
    story = waiting(elm)
    only(elm, *licences)
    nurse = elm.act(Role.NURSE, DOSE_DAY)
    with pytest.raises(Refused, match=sentence):
        session.start_dose(nurse, story.ids["session_id"])
    only(elm, (Licence.RN, "CT", date(2026, 11, 3)))
    session.start_dose(nurse, story.ids["session_id"])


@pytest.mark.mitigates("M-123")
def test_a_medicine_if_needed_goes_by_its_own_route(elm: House) -> None:
    story = waiting(elm)
    nurse, here = elm.act(Role.NURSE, DOSE_DAY), story.ids["session_id"]
    session.start_dose(nurse, here)
    only(elm, (Licence.LPN, "CT", LATER))
    pill, needle = (Order.objects.get(drug=one.drug) for one in (PILL, NEEDLE))
    session.give_medicine(nurse, here, pill.id)
    with pytest.raises(Refused, match="takes one of"):
        session.give_medicine(nurse, here, needle.id)


def test_a_state_s_own_line_comes_first(elm: House) -> None:
    story = waiting(elm)
    only(elm, (Licence.LPN, "CT", LATER))
    policy = default_policy().changed({"plan.giving.iv": ("lpn",)})
    director = elm.act(Role.MEDICAL_DIRECTOR, DOSE_DAY)
    sign_policy(director, propose_policy(director, policy, "LPNs infuse here").id)
    with pytest.raises(Refused, match="does not cover"):
        session.start_dose(elm.act(Role.NURSE, DOSE_DAY), story.ids["session_id"])


def test_a_licence_is_written_by_a_colleague_and_whole(elm: House) -> None:
    lead, nurse = elm.act(Role.CLINIC_LEAD, MONDAY), elm.staff[Role.NURSE]
    with pytest.raises(Refused, match="two letters"):
        actions.hold_licence(lead, NewLicence(nurse.id, Licence.RN, "Conn", "1", LATER))
    with pytest.raises(Refused, match="has run out"):
        actions.hold_licence(lead, NewLicence(nurse.id, Licence.RN, "CT", "1", date(2026, 11, 1)))
    with pytest.raises(Refused, match="the number that the board shows"):
        actions.hold_licence(lead, NewLicence(nurse.id, Licence.RN, "CT", " ", LATER))
    director = elm.staff[Role.MEDICAL_DIRECTOR]
    with pytest.raises(Refused, match="A colleague writes down your licence"):
        actions.hold_licence(
            elm.act(Role.MEDICAL_DIRECTOR, MONDAY), NewLicence(director.id, Licence.MD, "CT", "1", LATER)
        )
    with pytest.raises(Refused, match="clinical staff"):
        actions.hold_licence(lead, NewLicence(elm.staff[Role.FRONT_DESK].id, Licence.RN, "CT", "1", LATER))
    with pytest.raises(NotAllowed):
        actions.hold_licence(elm.act(Role.NURSE, MONDAY), NewLicence(nurse.id, Licence.RN, "CT", "1", LATER))


def test_the_page_shows_the_table_and_writes(elm: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    client = Client()
    client.force_login(elm.staff[Role.CLINIC_LEAD])

    def page(data: dict[str, object] | None = None) -> Any:
        return client.post("/licences/", data) if data is not None else client.get("/licences/")

    shown = page().content.decode()
    assert "Who may give what" in shown and "Registered nurse" in shown and "rn-1" in shown
    new = {"person": str(elm.staff[Role.THERAPIST].id), "licence": "np", "state": "ct", "number": "T-9"}
    assert "write year, month and day" in page({**new, "until": "June"}).content.decode()
    assert page({**new, "until": "2028-01-31"}).status_code == 302
    made = HeldLicence.objects.get(number="T-9")
    assert made.state == "CT"
    assert page({"ended": str(made.id)}).status_code == 302
    assert "T-9" not in page().content.decode()
