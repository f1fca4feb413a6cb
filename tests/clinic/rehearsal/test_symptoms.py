"""Invented scores: each trend ends where its name says, the answers add up, and the cast's mix is that of cohorts."""

from random import Random

import pytest

from kapstone.rehearsal.patients import CAST, Stage
from kapstone.rehearsal.symptoms import Symptoms, Trend, answers

IMPROVES = {Trend.REMITS, Trend.RESPONDS, Trend.RELAPSES}


@pytest.mark.parametrize("trend", list(Trend))
@pytest.mark.parametrize("seed", range(40))
def test_the_score_after_a_course_is_what_the_trend_is_called(trend: Trend, seed: int) -> None:
    rng = Random(seed)
    course = Symptoms.of(trend, rng)
    total = course.total(20, rng)

    assert (total * 2 <= course.baseline) is (trend in IMPROVES)
    assert (total < 5) is (trend is Trend.REMITS)
    assert (total > course.baseline) is (trend is Trend.WORSE)


@pytest.mark.parametrize("seed", range(40))
def test_a_relapse_loses_the_response(seed: int) -> None:
    rng = Random(seed)
    course = Symptoms.of(Trend.RELAPSES, rng)

    assert course.total(70, rng) * 2 > course.baseline


@pytest.mark.parametrize("total", range(3, 28))
def test_nine_answers_add_up_to_their_total(total: int) -> None:
    given = answers(total, 3, Random(total))

    assert len(given) == 9
    assert sum(value or 0 for value in given.values()) == total
    assert all(value in (0, 1, 2, 3) for value in given.values())


def test_a_total_that_cannot_be_answered_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be answered"):
        answers(27, 0, Random(1))


def test_the_mix_of_outcomes_is_that_of_published_cohorts() -> None:
    finished = [part for part in CAST if part.stage == Stage.COURSE and not part.live and not part.stops_after]
    share = {trend: sum(part.trend is trend for part in finished) / len(finished) for trend in Trend}

    assert 0.5 <= sum(share[trend] for trend in IMPROVES) <= 0.6
    assert 0.2 <= share[Trend.REMITS] <= 0.3
    assert 0.05 <= share[Trend.WORSE] <= 0.1
