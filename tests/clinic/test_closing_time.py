"""The end of the day: until when a dose may begin, and who would still be here when the clinic closes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests import cast
from tests.cast import DOSE_DAY, House

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.chairs.closing import overruns, today
from kapstone.clinic.session.chairs.queries import seats
from kapstone.rehearsal.checking import check_as_ordered

# An infusion of 40 minutes, watched for 60 (defaults). Doses begin until 16:00, and the clinic closes at 18:00.
STARTS = [
    # hours after ten, told that it is late
    (5.0, False),
    (5.9, False),
    (6.2, True),
    (6.6, True),
]


@pytest.mark.parametrize(("hours", "late"), STARTS)
def test_a_dose_that_begins_or_ends_too_late_is_told_of_before_it_starts(
    elm: House, see: Callable[..., Any], hours: float, late: bool
) -> None:
    story, at = cast.planned(elm, "ana"), Instant(DOSE_DAY + timedelta(hours=hours))
    doctor, nurse = elm.act(Role.PRESCRIBER, at), elm.act(Role.NURSE, at)
    cast.ordering.sign_orders(doctor, story.ids["dose_id"], cast.Decimal(35), [])
    here = session.arrive(nurse, story.ids["dose_id"]).id
    session.pass_timeout(nurse, here, cast.timeout(at))
    check_as_ordered(doctor, here)
    page = see(elm.staff[Role.NURSE], f"/sessions/{here}/start/", at=at).content.decode()
    assert ("Say who stays, or choose another day." in page) is late


def test_who_cannot_leave_before_closing_stands_on_the_page_of_all_chairs(
    elm: House, see: Callable[..., Any]
) -> None:
    story = cast.dosing(elm, "ana")
    nurse = elm.act(Role.NURSE, Instant(DOSE_DAY + timedelta(minutes=5)))
    assert list(overruns(nurse, seats(nurse, {}))) == []
    session.end_dose(elm.act(Role.NURSE, Instant(DOSE_DAY + timedelta(hours=7, minutes=30))), story.ids["session_id"])
    at = Instant(DOSE_DAY + timedelta(hours=7, minutes=31))
    (found,) = overruns(nurse.later(at), seats(nurse.later(at), {}))
    assert (found.name, found.late_min) == (story.patient.name, 30)
    page = see(elm.staff[Role.NURSE], "/chairs/", at=at).content.decode()
    assert "30 min after the clinic closes. Say who stays." in page
    assert "Doses begin until 4:00 pm" in page


def test_the_day_is_the_clinics_on_the_night_the_clocks_change(elm: House) -> None:
    before = Instant(DOSE_DAY - timedelta(days=3))  # Saturday; the clocks go back that night
    assert today(elm.act(Role.NURSE, before)).closes.hour == 22
    assert today(elm.act(Role.NURSE, DOSE_DAY)).closes.hour == 23
