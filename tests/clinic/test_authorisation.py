"""What a payer agreed to: counted by doses that began, told on the board before it runs out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests import cast
from tests.cast import DOSE_DAY, MONDAY, House

from kapstone.care.plan.consent import Drug
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed
from kapstone.clinic.plan.authorisation import actions, queries
from kapstone.clinic.plan.authorisation.actions import Agreed
from kapstone.clinic.plan.models import PayerAuthorisation

LETTER = Agreed(Drug.RACEMIC, 3, date(2026, 11, 1), date(2026, 12, 12), "PA-77")


def test_a_dose_that_began_is_a_unit_and_one_that_is_planned_is_not(elm: House) -> None:
    story = cast.planned(elm, "ana")
    desk = elm.act(Role.FRONT_DESK, MONDAY)
    actions.authorise(desk, story.patient.id, LETTER)
    paid = queries.stands(desk, story.patient)
    assert paid and paid.standing.words == "3 units left, ends 12 Dec" and not paid.standing.short
    other = cast.dosing(elm, "ben")
    actions.authorise(desk, other.patient.id, LETTER)
    after = queries.stands(elm.act(Role.NURSE, DOSE_DAY), other.patient)
    assert after and after.standing.words == "2 units left, ends 12 Dec"


def test_the_board_says_who_is_running_short(elm: House, see: Callable[..., Any]) -> None:
    story = cast.dosing(elm, "ana")
    lead = elm.act(Role.CLINIC_LEAD, DOSE_DAY)
    actions.authorise(lead, story.patient.id, Agreed(Drug.RACEMIC, 1, LETTER.since, LETTER.until))
    page = see(elm.staff[Role.FRONT_DESK], "/board/", at=DOSE_DAY).content.decode()
    assert "Ask the payer for the next authorisation" in page and "0 units left, ends 12 Dec" in page
    later = elm.act(Role.CLINIC_LEAD, Instant(DOSE_DAY + timedelta(minutes=5)))
    actions.authorise(later, story.patient.id, Agreed(Drug.RACEMIC, 9, LETTER.since, LETTER.until))
    page = see(elm.staff[Role.FRONT_DESK], "/board/", at=DOSE_DAY).content.decode()
    assert "Ask the payer" not in page and "8 units left, ends 12 Dec" in page
    ended = Instant(DOSE_DAY + timedelta(days=60))
    assert [one.standing.words for one in queries.running_short(elm.act(Role.CLINIC_LEAD, ended))] == []
    late = queries.stands(elm.act(Role.CLINIC_LEAD, ended), story.patient)
    assert late and late.standing.words == "ended 12 Dec"


def test_a_renewal_written_early_hides_nothing(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    lead = elm.act(Role.CLINIC_LEAD, DOSE_DAY)
    actions.authorise(lead, story.patient.id, Agreed(Drug.RACEMIC, 1, LETTER.since, LETTER.until))
    later = Instant(DOSE_DAY + timedelta(minutes=5))
    renewed = Agreed(Drug.RACEMIC, 8, LETTER.until + timedelta(days=1), LETTER.until + timedelta(days=90))
    actions.authorise(elm.act(Role.CLINIC_LEAD, later), story.patient.id, renewed)
    spray = Agreed(Drug.ESKETAMINE, 8, LETTER.since, LETTER.until)
    actions.authorise(elm.act(Role.CLINIC_LEAD, Instant(later + timedelta(minutes=1))), story.patient.id, spray)
    now = elm.act(Role.CLINIC_LEAD, Instant(later + timedelta(minutes=2)))
    paid = queries.stands(now, story.patient)
    assert paid and paid.standing.words == "0 units left, ends 12 Dec" and paid.standing.short
    assert [one.standing.words for one in queries.running_short(now)] == ["0 units left, ends 12 Dec"]
    after = elm.act(Role.CLINIC_LEAD, Instant(DOSE_DAY + timedelta(days=45)))
    paid = queries.stands(after, story.patient)
    assert paid and paid.standing.words.startswith("8 units left")


def test_an_end_that_is_near_asks_for_nothing_once_the_next_is_agreed(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    many = Agreed(Drug.RACEMIC, 9, LETTER.since, DOSE_DAY.date() + timedelta(days=5))
    actions.authorise(elm.act(Role.CLINIC_LEAD, DOSE_DAY), story.patient.id, many)
    soon = elm.act(Role.CLINIC_LEAD, Instant(DOSE_DAY + timedelta(minutes=1)))
    assert [one.standing.words for one in queries.running_short(soon)] == ["8 units left, ends 8 Nov"]
    follows = Agreed(Drug.RACEMIC, 8, many.until + timedelta(days=1), LETTER.until)
    actions.authorise(elm.act(Role.CLINIC_LEAD, Instant(DOSE_DAY + timedelta(minutes=2))), story.patient.id, follows)
    assert queries.running_short(elm.act(Role.CLINIC_LEAD, Instant(DOSE_DAY + timedelta(minutes=3)))) == []


def test_the_page_writes_seals_the_number_and_says_what_is_wrong(elm: House, see: Callable[..., Any]) -> None:
    story = cast.evaluated(elm, "ana")
    desk, page = elm.staff[Role.FRONT_DESK], f"/patients/{story.patient.id}/authorisation/"
    typed: dict[str, object] = {"drug": "racemic", "units": "3", "since": "2026-11-01", "until": "2026-10-01"}
    said = see(desk, page, {**typed, "number": "PA-77"}).content.decode()
    assert "Until: not before the first day." in said and "PA-77" in said
    assert see(desk, page, {**typed, "until": "2026-12-12", "number": "PA-77"}).status_code == 302
    assert "PA-77" in see(desk, page).content.decode()
    assert b"PA-77" not in bytes(PayerAuthorisation.objects.get().number_sealed)
    with pytest.raises(Refused, match="at least 1"):
        actions.authorise(elm.act(Role.FRONT_DESK, MONDAY), story.patient.id, replace(LETTER, units=0))
    with pytest.raises(NotAllowed):
        actions.authorise(elm.act(Role.NURSE, MONDAY), story.patient.id, LETTER)
    assert see(elm.staff[Role.GUEST_THERAPIST], page).status_code == 404
