"""Spacing after a response, on the page of scores: options with reasons, none before anything was gained."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests import cast
from tests.cast import DOSE_DAY, MONDAY, VISIT_DAY, House, Story

from kapstone.care.quantities import Instant
from kapstone.clinic.config import clock
from kapstone.clinic.evaluation import actions as evaluation
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.outcomes.queries import outcomes, spaced


def scored(house: House, story: Story, at: Instant, points: int) -> None:
    """A weekly check-in of so many points, one for each of the first questions."""
    each = [1 if number < points else 0 for number in range(9)]
    evaluation.answer(house.as_patient(story.patient, at), "phq-9", cast.phq_9(*each), "check-in")


def keys(house: House, story: Story, at: Instant) -> list[str]:
    """The options on the page then."""
    doctor = house.act(Role.PRESCRIBER, at)
    return [one.key for one in spaced(doctor, story.patient, outcomes(doctor, story.patient)).options]


def test_a_gain_that_holds_may_be_kept_or_stopped_and_an_old_score_is_measured_first(elm: House) -> None:
    story = cast.released(elm, "ana")
    scored(elm, story, VISIT_DAY, 4)
    assert keys(elm, story, Instant(VISIT_DAY + timedelta(days=1))) == ["keep", "stop"]
    assert keys(elm, story, Instant(VISIT_DAY + timedelta(days=20))) == ["measure"]


def test_a_gain_that_is_lost_asks_for_the_whole_plan(elm: House) -> None:
    story = cast.released(elm, "ana")
    scored(elm, story, VISIT_DAY, 1)
    worse = Instant(VISIT_DAY + timedelta(days=3))
    evaluation.answer(
        elm.as_patient(story.patient, worse), "phq-9", cast.phq_9(3, 3, 3, 2, 2, 2, 2, 1, 0), "check-in"
    )
    assert keys(elm, story, Instant(worse + timedelta(hours=1))) == ["review", "closer", "stop"]


def test_without_a_dose_there_is_nothing_to_space(elm: House, monkeypatch: pytest.MonkeyPatch) -> None:
    story = cast.planned(elm, "ana")
    assert keys(elm, story, MONDAY) == []
    monkeypatch.setattr(clock, "now", lambda: DOSE_DAY)
    client = Client()
    client.force_login(elm.staff[Role.PRESCRIBER])
    page: Any = client.get(f"/patients/{story.patient.id}/scores/")
    assert "How doses may be spaced" not in page.content.decode()
