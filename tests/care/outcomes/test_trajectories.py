"""One person's scores over time: gaps, response, its loss, and the ways on."""

from datetime import UTC, datetime, timedelta

import pytest

from kapstone.care.evidence import default_policy
from kapstone.care.outcomes import Trajectory, measure, next_steps, trajectory
from kapstone.care.quantities import Instant

POLICY = default_policy()
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def built(*points: tuple[int, int | None], id: str = "phq-9") -> Trajectory:
    """From (day, total)."""
    line = [(Instant(START + timedelta(days=day)), total) for day, total in points]
    return trajectory(measure(id), line, POLICY)


def keys(line: Trajectory, doses: int, bad_session: bool = False) -> set[str]:
    return {option.key for option in next_steps(line, doses, POLICY, bad_session)}


def test_gaps_are_kept_and_order_does_not_matter() -> None:
    line = built((14, 9), (0, 20), (7, None))
    assert [point.total for point in line.points] == [20, None, 9]
    assert (line.change, line.response, line.remission) == (-11, True, False)
    assert line.best == line.latest


@pytest.mark.parametrize("points", [(), ((0, None), (7, None))])
def test_no_score_says_nothing(points: tuple[tuple[int, int | None], ...]) -> None:
    line = built(*points)
    assert (line.baseline, line.response, line.loss_of_response) == (None, None, None)
    assert "pause_for_review" in keys(line, 0)


def test_one_score_is_a_baseline_and_no_response() -> None:
    assert built((0, 20)).response is None


def test_two_points_at_one_moment_are_refused() -> None:
    with pytest.raises(ValueError, match="keep one"):
        built((0, 20), (0, 19))


@pytest.mark.parametrize(
    ("later", "lost"),
    [
        ([(14, 8), (21, 11)], False),
        ([(14, 8), (21, 11), (27, 11)], False),
        ([(14, 8), (21, 11), (28, 11)], True),
        ([(14, 8), (21, 11), (24, 10), (28, 11)], False),
        ([(14, 8), (21, 17)], False),
        ([(14, 8), (21, 18)], True),
        ([(14, 11), (21, 11)], None),
    ],
)
def test_loss_of_response(later: list[tuple[int, int]], lost: bool | None) -> None:
    assert built((0, 20), *later).loss_of_response is lost


@pytest.mark.parametrize(("latest", "warned"), [(12, False), (13, True)])
def test_early_warning(latest: int, warned: bool) -> None:
    assert built((0, 20), (7, 8), (14, latest)).early_warning is warned


def test_lines_in_points_of_the_phq_9_are_not_used_elsewhere() -> None:
    assert built((0, 40), (7, 10), (14, 39), id="madrs").loss_of_response is False
    assert built((0, 40), (7, 10), (14, 39), id="madrs").early_warning is None


@pytest.mark.parametrize(
    ("points", "doses", "expected"),
    [
        ([(0, 20), (7, 15)], 3, {"continue", "more_therapy"}),
        ([(0, 20), (7, 15)], 4, {"continue", "more_therapy", "pause_for_review"}),
        ([(0, 20), (7, 15)], 6, {"continue", "more_therapy", "pause_for_review", "stop_and_rethink"}),
        ([(0, 20), (7, 8)], 6, {"continue", "more_therapy", "maintenance_spacing"}),
        ([(0, 20), (7, 8), (14, 18)], 6, {"continue", "more_therapy", "pause_for_review"}),
        ([(0, 12), (7, 13)], 1, {"continue", "more_therapy", "pause_for_review"}),
    ],
)
def test_the_ways_on(points: list[tuple[int, int]], doses: int, expected: set[str]) -> None:
    assert keys(built(*points), doses) == expected


def test_after_a_bad_session_a_person_is_asked_first_and_nothing_names_a_dose() -> None:
    options = next_steps(built((0, 20), (7, 8)), 2, POLICY, bad_session=True)
    assert options[0].key == "ask_a_person_first"
    assert len(options) > 1
    assert not any("mg" in str(option.reason) for option in options)


def test_a_negative_number_of_doses_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        next_steps(built((0, 20)), -1, POLICY)
