"""Taking back always works: on the patient's own page, and by telling anybody of the team, also under the drug."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests import cast
from tests.cast import DOSE_DAY, House

from kapstone.care.quantities import Instant
from kapstone.clinic.config import clock
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.plan.consent.queries import drugs_offered, states, under_the_drug
from kapstone.clinic.plan.models import ConsentWithdrawn
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.going_home import actions as home
from kapstone.clinic.session.going_home.queries import behind, companion_of, day_of_patient


def later(minutes: float) -> Instant:
    """So many minutes after clock zero."""
    return Instant(DOSE_DAY + timedelta(minutes=minutes))


@pytest.mark.mitigates("M-170")
@pytest.mark.parametrize("role", [Role.NURSE, Role.THERAPIST, Role.PRESCRIBER])
def test_a_consent_is_taken_back_by_telling_somebody_under_the_drug_too(
    elm: House, see: Callable[..., Any], role: Role
) -> None:
    story = cast.dosing(elm, "ana")
    act, person = elm.act(role, later(5)), elm.staff[role]
    assert under_the_drug(act, story.patient) is not None
    review = f"/patients/{story.patient.id}/consent/"
    (drug,) = [one.drug for one in states(act, story.patient) if one.standing][:1]
    assert f"{review}{drug.value}/back/" in see(person, review, at=later(5)).content.decode()
    assert "They take it back" in see(person, f"{review}{drug.value}/back/", at=later(5)).content.decode()
    for _ in range(2):
        assert see(person, f"{review}{drug.value}/back/", {}, at=later(6)).status_code == 302
    gone = ConsentWithdrawn.objects.get(consent__drug=drug.value)
    assert (gone.heard_by_id, Instant(gone.at)) == (person.id, later(6))
    assert f"told to {person.name}" in see(person, review, at=later(7)).content.decode()
    with pytest.raises(Refused, match="taken the consent back"):
        session.give_device(elm.act(Role.NURSE, later(8)), story.ids["session_id"])


def test_the_desk_and_another_clinic_take_nothing_back(everybody: cast.Cast, see: Callable[..., Any]) -> None:
    story = everybody.ana
    drug = next(iter(drugs_offered(everybody.elm.act(Role.NURSE, cast.NOW), story.patient)))
    address = f"/patients/{story.patient.id}/consent/{drug.value}/back/"
    for user in (everybody.elm.staff[Role.FRONT_DESK], everybody.oak.staff[Role.NURSE]):
        assert see(user, address, {}, at=cast.NOW).status_code in (403, 404)
    assert not ConsentWithdrawn.objects.filter(consent__patient=story.patient).exists()


@pytest.mark.mitigates("M-170")
def test_the_companion_s_page_ends_when_the_team_is_told(elm: House, see: Callable[..., Any]) -> None:
    story = cast.planned(elm, "ana")
    secret = home.name_companion(elm.as_patient(story.patient, DOSE_DAY), "Sam")
    cast.checked_in_and_dosed(elm, story)
    page = see(elm.staff[Role.NURSE], f"/sessions/{story.ids['session_id']}/release/", at=later(20)).content.decode()
    address = f"/patients/{story.patient.id}/companion/end/"
    assert address in page
    assert see(elm.staff[Role.NURSE], address, {}, at=later(21)).status_code == 302
    assert behind(secret, later(22)) is None


@pytest.mark.mitigates("M-170")
def test_a_companion_is_asked_for_one_day(elm: House, monkeypatch: pytest.MonkeyPatch) -> None:
    story = cast.planned(elm, "ana")
    secret = home.name_companion(elm.as_patient(story.patient, later(-60 * 24 * 5)), "Sam")
    assert behind(secret, later(-60)) is not None, "named days before, and no dose yet"
    cast.checked_in_and_dosed(elm, story)
    until = under_the_drug(elm.act(Role.NURSE, later(5)), story.patient)
    assert until is not None
    before, after = Instant(until - timedelta(minutes=1)), until
    assert companion_of(elm.clinic, story.patient, before) is not None
    assert companion_of(elm.clinic, story.patient, after) is None
    for at, status in ((before, 200), (after, 404)):
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        assert Client().get(f"/with/{secret}/").status_code == status


def test_the_next_morning_says_that_they_are_at_home(elm: House) -> None:
    story = cast.released(elm, "ana")
    act = elm.act(Role.NURSE, later(110))
    assert day_of_patient(act, story.patient).line == "Ready to go home."
    until = under_the_drug(act, story.patient)
    assert until is not None
    day = day_of_patient(act.later(until), story.patient)
    assert (day.line, day.tonight, day.before) == ("At home.", False, False)


def test_a_dose_that_nobody_ended_promises_no_look_of_the_past(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    act = elm.act(Role.NURSE, later(5))
    assert day_of_patient(act, story.patient).again == later(100)
    assert day_of_patient(act.later(later(101)), story.patient).again is None
