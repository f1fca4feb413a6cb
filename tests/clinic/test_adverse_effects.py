"""Adverse effects in a session: written, followed, asked for, and told to whoever must know."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests import cast
from tests.cast import DOSE_DAY, House, Story

from kapstone.care.quantities import Instant
from kapstone.care.session.adverse import ASKED, Effect
from kapstone.clinic.ground.concerns.models import Concern
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.queries import session_of

LOOKED_AT = Instant(DOSE_DAY + timedelta(minutes=45))


def later(minutes: float) -> Instant:
    """So many minutes after clock zero."""
    return Instant(DOSE_DAY + timedelta(minutes=minutes))


@pytest.fixture
def story(elm: House) -> Story:
    """A dose runs."""
    return cast.dosing(elm, "ana")


def effect(term: str, serious: tuple[str, ...] = (), grade: str = "2") -> Effect:
    """An effect that began in minute 20 and is still there."""
    return Effect(term, grade, later(20), None, serious, "possible", "none", "going_on")


SERIOUS = [
    # term, why serious, which tier is told
    ("headache", (), []),
    ("headache", ("hospital",), ["today"]),
    ("suicidal_thoughts", ("important",), ["now"]),
]


@pytest.mark.mitigates("M-150")
@pytest.mark.parametrize(("term", "why", "tiers"), SERIOUS)
def test_a_serious_effect_tells_somebody(
    elm: House, story: Story, term: str, why: tuple[str, ...], tiers: list[str]
) -> None:
    line = uuid7(later(30))
    for _ in range(2):
        session.write_effect(
            elm.act(Role.NURSE, later(30)), story.ids["session_id"], effect(term, why), event_id=line
        )
    found = Concern.objects.filter(patient=story.patient, reason__startswith="Serious effect")
    assert [one.tier for one in found] == tiers, "sent twice, told once"


def test_what_became_of_it_is_a_line_of_its_own(elm: House, story: Story, see: Callable[..., Any]) -> None:
    nurse, here = elm.staff[Role.NURSE], f"/sessions/{story.ids['session_id']}/effects/"
    sent = {
        "event_id": str(uuid7(later(30))), "term": "nausea", "grade": "2", "began": "10:20", "outcome": "going_on",
        "related": "probable", "action": "none", "words": "A bowl",
    }  # fmt: skip
    assert see(nurse, here, sent, at=later(30)).status_code == 302
    page = see(nurse, here, at=later(31)).content.decode()
    assert "Effect: Nausea, grade 2." in page and "Still there" in page
    (first,) = session_of(elm.act(Role.NURSE, later(31)), story.ids["session_id"]).state.effects
    follow = see(nurse, f"{here}?about={first.id}", at=later(40)).content.decode()
    assert "What became of: Nausea" in follow
    gone = sent | {"event_id": str(uuid7(later(40))), "ended": "10:39", "outcome": "gone"}
    assert see(nurse, f"{here}?about={first.id}", gone, at=later(40)).status_code == 302
    _, second = session_of(elm.act(Role.NURSE, later(41)), story.ids["session_id"]).state.effects
    assert second.payload["about"] == str(first.id)
    assert see(nurse, f"{here}?about=nothing", at=later(41)).status_code == 404


def test_what_cannot_be_is_said_and_what_was_typed_stays(elm: House, story: Story, see: Callable[..., Any]) -> None:
    nurse, here = elm.staff[Role.NURSE], f"/sessions/{story.ids['session_id']}/effects/"
    sent = {
        "event_id": str(uuid7(later(30))), "term": "seizure", "grade": "3", "outcome": "gone", "ended": "10:25",
        "began": "10:20", "related": "possible", "action": "stopped", "words": "Two minutes, by itself",
    }  # fmt: skip
    page = see(nurse, here, sent, at=later(30)).content.decode()
    assert "Seizure is always serious" in page and "Two minutes, by itself" in page


@pytest.mark.mitigates("M-150")
def test_a_round_asks_for_every_effect_and_each_is_answered(
    elm: House, story: Story, see: Callable[..., Any]
) -> None:
    nurse, here = elm.staff[Role.NURSE], f"/sessions/{story.ids['session_id']}/"
    assert "Ask for every effect" not in see(nurse, here, at=later(39)).content.decode()
    assert "Ask for every effect" in see(nurse, here, at=later(41)).content.decode()
    form = see(nurse, f"{here}effects/40/", at=later(41)).content.decode()
    assert "checked" not in form, "nothing is answered beforehand"
    answers = dict.fromkeys(ASKED, "0") | {"dissociation": "2"}
    short = {"event_id": str(uuid7(later(41))), **answers}
    del short["nausea"]
    assert "Nausea: ask, and choose." in see(nurse, f"{here}effects/40/", short, at=later(41)).content.decode()
    whole = {"event_id": str(uuid7(later(41))), **answers}
    assert see(nurse, f"{here}effects/40/", whole, at=later(41)).status_code == 302
    page = see(nurse, here, at=later(42)).content.decode()
    assert "Asked for every effect: dissociation some" in page and "Ask for every effect" not in page
    with pytest.raises(Refused, match="No round of minute 41"):
        session.ask_round(elm.act(Role.NURSE, later(42)), story.ids["session_id"], 41, answers)
