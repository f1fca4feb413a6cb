"""A time-out that fails stands on record, undoes what was passed before, and what is a prescriber's they clear."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests import cast
from tests.cast import DOSE_DAY, House, Story

from kapstone.care.quantities import Instant
from kapstone.care.session import Phase, Timeout
from kapstone.clinic.ground.concerns.queries import open_items
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.who import Role
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.queries import Seen, session_of


def later(minutes: float) -> Instant:
    """So many minutes after the dose day began."""
    return Instant(DOSE_DAY + timedelta(minutes=minutes))


def answered(minutes: float, **answers: bool | None) -> Timeout:
    """A time-out of this minute with some answers of its own."""
    good = cast.timeout(later(minutes))
    return replace(good, answers={**good.answers, **answers})


def now(elm: House, story: Story, minutes: float) -> Seen:
    """The session as the nurse sees it."""
    return session_of(elm.act(Role.NURSE, later(minutes)), story.ids["session_id"])


@pytest.fixture
def arrived(elm: House) -> Story:
    """Ordered and here."""
    story = cast.planned(elm, "ana")
    cast.ordering.sign_orders(elm.act(Role.PRESCRIBER, DOSE_DAY), story.ids["dose_id"], Decimal(35), [])
    story.ids["session_id"] = session.arrive(elm.act(Role.NURSE, DOSE_DAY), story.ids["dose_id"]).id
    return story


@pytest.mark.mitigates("M-160")
def test_a_no_after_a_pass_takes_back_the_pass_and_its_second_check(elm: House, arrived: Story) -> None:
    here = arrived.ids["session_id"]
    session.pass_timeout(elm.act(Role.NURSE, DOSE_DAY), here, cast.timeout(DOSE_DAY))
    cast.checked(elm, here, later(1))
    stops = session.pass_timeout(elm.act(Role.NURSE, later(2)), here, answered(2, wants=False))
    assert [(one.key, one.clears) for one in stops] == [("wants", "patient")]
    seen = now(elm, arrived, 3)
    assert (seen.phase, seen.state.checked) == (Phase.ARRIVED, None)
    with pytest.raises(Refused, match="You cannot start the dose now"):
        session.start_dose(elm.act(Role.NURSE, later(3)), here)
    assert session.pass_timeout(elm.act(Role.NURSE, later(4)), here, cast.timeout(later(4))) == ()
    with pytest.raises(Refused, match="A second person has not checked"):
        session.start_dose(elm.act(Role.NURSE, later(5)), here)


@pytest.mark.mitigates("M-160")
@pytest.mark.parametrize("question", ["medicines", "ideation", "pregnancy", "fasting"])
def test_what_is_a_prescribers_is_not_answered_away(elm: House, arrived: Story, question: str) -> None:
    here, nurse = arrived.ids["session_id"], elm.act(Role.NURSE, later(2))
    assert session.pass_timeout(nurse, here, answered(1, **{question: False}))
    with pytest.raises(Refused, match="A prescriber clears first"):
        session.pass_timeout(nurse, here, cast.timeout(later(2)))
    with pytest.raises(Exception, match="is not for"):
        session.clear_misses(nurse, here, "It is fine.")
    session.clear_misses(elm.act(Role.PRESCRIBER, later(3)), here, "Asked again myself; the dose may go on.")
    assert session.pass_timeout(elm.act(Role.NURSE, later(4)), here, cast.timeout(later(4))) == ()
    assert now(elm, arrived, 5).phase is Phase.READY


@pytest.mark.mitigates("M-160")
def test_a_pressure_at_the_limit_stands_on_record_and_a_prescriber_looks(elm: House, arrived: Story) -> None:
    here, nurse = arrived.ids["session_id"], elm.act(Role.NURSE, later(1))
    high = replace(cast.timeout(later(1)), sbp=Decimal(190), dbp=Decimal(115))
    session.pass_timeout(nurse, here, high)
    (line,) = [one.event for one in now(elm, arrived, 2).state.lines if one.event.kind == "timeout_failed"]
    assert (line.payload["sbp"], line.payload["misses"][0]["key"]) == ("190", "pressure")
    with pytest.raises(Refused, match="190/115"):
        session.pass_timeout(nurse, here, cast.timeout(later(2)))


@pytest.mark.mitigates("M-160")
def test_suicidal_thoughts_told_in_the_time_out_reach_a_person_now(elm: House, arrived: Story) -> None:
    here, nurse = arrived.ids["session_id"], elm.act(Role.NURSE, later(1))
    session.pass_timeout(nurse, here, answered(1, ideation=False))
    assert [one.concern.tier for one in open_items(nurse, arrived.patient.id) if one.concern.source == "session"] == [
        "now"
    ]
    session.clear_misses(elm.act(Role.PRESCRIBER, later(2)), here, "Spoke with her alone.")
    session.pass_timeout(elm.act(Role.NURSE, later(3)), here, cast.timeout(later(3)))
    cast.checked(elm, here, later(4))
    with pytest.raises(Refused, match="An urgent concern"):
        session.start_dose(elm.act(Role.NURSE, later(5)), here)


def test_a_page_that_is_only_not_filled_in_leaves_no_line(elm: House, arrived: Story) -> None:
    here, nurse = arrived.ids["session_id"], elm.act(Role.NURSE, later(1))
    with pytest.raises(Refused, match="not answered"):
        session.pass_timeout(nurse, here, answered(1, wants=None))
    assert [one.event.kind for one in now(elm, arrived, 2).state.lines] == ["arrived"]


def test_the_page_says_what_failed_and_leads_to_who_clears_it(
    elm: House, arrived: Story, see: Callable[..., Any]
) -> None:
    here, nurse = arrived.ids["session_id"], elm.staff[Role.NURSE]
    session.pass_timeout(elm.act(Role.NURSE, later(1)), here, answered(1, medicines=False))
    for page in (f"/sessions/{here}/", f"/sessions/{here}/time-out/"):
        told = see(nurse, page, at=later(2)).content.decode()
        assert "Medicines since the last visit asked" in told
        assert f"/sessions/{here}/time-out/clear/" in told
    sent = {"words": "", "event_id": "01a20ee7-76e0-72a2-bc24-3c38aa66d053"}
    told = see(nurse, f"/sessions/{here}/time-out/clear/", sent, at=later(2)).content.decode()
    assert "Which prescriber clears it? Choose one." in told
