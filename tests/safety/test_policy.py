"""Limits act only when a medical director has signed them, and a session keeps those of its arrival."""

from decimal import Decimal

import pytest

from kapstone.care.evidence import default_policy
from kapstone.clinic.ground.people import actions as people
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.models import TreatmentSession
from kapstone.clinic.session.queries import session_of
from tests import cast
from tests.cast import DOSE_DAY, House


@pytest.mark.mitigates("M-069")
def test_no_session_opens_without_a_signed_policy(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "sign_policy", lambda act, version_id: None)
    elm = cast._house("Elm Clinic", "elm", cast.MONDAY)
    story = cast.planned(elm, "ana")
    with pytest.raises(Refused, match="No policy is signed yet"):
        session.arrive(elm.act(Role.NURSE, DOSE_DAY), story.ids["dose_id"])
    assert not TreatmentSession.objects.exists()


@pytest.mark.mitigates("M-070")
def test_a_session_keeps_the_policy_of_its_arrival(elm: House) -> None:
    here = cast.dosing(elm, "ana").ids["session_id"]
    director, nurse = elm.act(Role.MEDICAL_DIRECTOR, DOSE_DAY), elm.act(Role.NURSE, DOSE_DAY)
    before = session_of(nurse, here).policy
    changed = default_policy().changed({"session.sbp.red_from": Decimal(170)})
    people.sign_policy(director, people.propose_policy(director, changed).id)
    after = session_of(nurse, here).policy
    assert after.digest == before.digest != changed.digest
    assert after.number("session.sbp.red_from") == default_policy().number("session.sbp.red_from")
