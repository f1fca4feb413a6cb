"""Before a director signs a policy they see how often each line would have asked somebody to look."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests import cast
from tests.cast import DOSE_DAY, House, Story

from kapstone.care.evidence import default_policy
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.people.actions import propose_policy
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.actions import Reading
from kapstone.clinic.session.burden.queries import compare, how_often

LOOKED_AT = Instant(DOSE_DAY + timedelta(minutes=60))


@pytest.fixture
def story(elm: House) -> Story:
    """A dose in which the heart was fast once, for some minutes."""
    found = cast.dosing(elm, "ana")
    for minute, rate in ((5, 112), (6, 113), (20, 80), (30, 80)):
        act = elm.act(Role.NURSE, Instant(DOSE_DAY + timedelta(minutes=minute)))
        session.record(act, found.ids["session_id"], [Reading(cast.values(128, 78, hr=rate))])
    return found


def test_one_episode_counts_once_and_under_the_line_that_told(elm: House, story: Story) -> None:
    found = how_often(elm.act(Role.MEDICAL_DIRECTOR, LOOKED_AT), default_policy())
    assert (found.sessions, dict(found.by_line)) == (1, {"session.hr.yellow_above": 1})
    assert found.each == 1.0


def test_another_limit_is_tried_on_what_was_measured(elm: House, story: Story) -> None:
    proposed = default_policy().changed(
        {"session.hr.yellow_above": Decimal(115), "session.spo2.yellow_below": Decimal(99)}
    )
    before, after, lines = compare(elm.act(Role.MEDICAL_DIRECTOR, LOOKED_AT), default_policy(), proposed)
    told = {one.key: (one.before, one.after, one.fired_before, one.fired_after) for one in lines}
    assert told["session.hr.yellow_above"] == (110, 115, 1, 0)
    assert told["session.spo2.yellow_below"][2:] == (0, 1)
    assert (before.sessions, after.sessions) == (1, 1)


@pytest.mark.mitigates("M-152")
def test_the_director_sees_it_beside_the_signature(elm: House, story: Story, see: Callable[..., Any]) -> None:
    director = elm.act(Role.MEDICAL_DIRECTOR, LOOKED_AT)
    propose_policy(director, default_policy().changed({"session.hr.yellow_above": Decimal(115)}), "Fewer yellow")
    page = see(elm.staff[Role.MEDICAL_DIRECTOR], "/policy/", at=LOOKED_AT).content.decode()
    assert page.index("How often it would ask somebody to look") < page.index("Sign version")
    assert "newest 1 session with a dose" in page and "<b>115</b>" in page
    assert "How often it would" not in see(elm.staff[Role.NURSE], "/policy/", at=LOOKED_AT).content.decode()


def test_a_clinic_without_a_session_says_so(elm: House, see: Callable[..., Any]) -> None:
    propose_policy(elm.act(Role.MEDICAL_DIRECTOR, LOOKED_AT), default_policy(), "The same")
    page = see(elm.staff[Role.MEDICAL_DIRECTOR], "/policy/", at=LOOKED_AT).content.decode()
    assert "no session with a dose yet" in page


def test_another_clinic_s_sessions_are_not_counted(elm: House, story: Story) -> None:
    oak = cast._house("Oak Clinic", "oak", cast.MONDAY)
    assert how_often(oak.act(Role.MEDICAL_DIRECTOR, LOOKED_AT), default_policy()).sessions == 0
