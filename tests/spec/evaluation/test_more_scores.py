"""PHQ-2, PCL-5 with its clusters, ASQ with its outcomes, and our own check-ins: what answers amount to."""

import pytest

from kapstone.care.evaluation import instrument, score
from kapstone.care.evaluation.instruments import instruments

Values = list[int | None]


def answers(id: str, values: Values) -> dict[str, int | None]:
    """Answers in the order of the items."""
    return dict(zip(instrument(id).by_link_id, values, strict=True))


def adding_up_to(id: str, total: int) -> Values:
    """Complete answers with this total."""
    most, found = instrument(id).highest, []
    for _ in instrument(id).items:
        found.append(min(most, total - sum(found)))
    return list(found)


@pytest.mark.mitigates("M-055")
@pytest.mark.parametrize(
    ("id", "total", "band"),
    [
        ("phq-2", 0, "below the cut-off"),
        ("phq-2", 2, "below the cut-off"),
        ("phq-2", 3, "at or above the cut-off"),
        ("phq-2", 6, "at or above the cut-off"),
        ("gad-7", 4, "minimal"),
        ("gad-7", 5, "mild"),
        ("gad-7", 9, "mild"),
        ("gad-7", 10, "moderate"),
        ("gad-7", 14, "moderate"),
        ("gad-7", 15, "severe"),
        ("pcl-5", 0, "below the cut-off range"),
        ("pcl-5", 30, "below the cut-off range"),
        ("pcl-5", 31, "in the cut-off range of 31 to 33"),
        ("pcl-5", 33, "in the cut-off range of 31 to 33"),
        ("pcl-5", 34, "above the cut-off range"),
        ("pcl-5", 80, "above the cut-off range"),
    ],
)
def test_both_sides_of_each_band(id: str, total: int, band: str) -> None:
    result = score(instrument(id), answers(id, adding_up_to(id, total)))
    assert (result.total, result.band) == (total, band)


@pytest.mark.mitigates("M-055")
@pytest.mark.parametrize("id", ["phq-2", "pcl-5", "insight", "connection", "session-memory", "alliance"])
def test_one_blank_leaves_no_total(id: str) -> None:
    values = adding_up_to(id, 5)[:-1]
    result = score(instrument(id), answers(id, [*values, None]))
    assert (result.total, result.band, result.prorated) == (None, None, False)
    assert result.notes


def test_phq_2_is_the_first_two_items_of_phq_9_and_has_no_safety_item() -> None:
    assert instrument("phq-2").items == instrument("phq-9").items[:2]
    assert instrument("phq-2").safety_items == ()


@pytest.mark.mitigates("M-055")
@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        # the four questions, and the last one
        ([0, 0, 0, 0, None], "negative"),
        ([0, 0, 0, 0, 0], "negative"),
        ([1, 0, 0, 0, 0], "non-acute positive"),
        ([0, 0, 0, 1, 0], "non-acute positive"),
        ([1, 0, 0, 0, 1], "acute positive"),
        ([0, 0, 0, 0, 1], "acute positive"),
        ([None, None, None, None, 1], "acute positive"),
        ([1, 0, 0, 0, None], "positive, acuity not asked"),
        ([1, None, None, None, None], "positive, acuity not asked"),
        ([0, 0, 0, None, None], None),
        ([None, None, None, None, None], None),
        ([None, 0, 0, 0, 0], None),
    ],
)
def test_asq_a_blank_is_never_a_no(values: Values, outcome: str | None) -> None:
    assert score(instrument("asq"), answers("asq", values)).band == outcome


@pytest.mark.parametrize(
    ("values", "flags"),
    [
        ([0, 0, 0, 0, None], []),
        ([0, 0, 1, 0, 0], [("asq.3", "positive")]),
        ([0, 0, 0, 1, None], [("asq.4", "positive"), ("asq.5", "not_asked")]),
        ([0, None, 0, 0, None], [("asq.2", "not_asked"), ("asq.5", "not_asked")]),
        ([1, 0, 0, 0, 1], [("asq.1", "positive"), ("asq.5", "positive")]),
    ],
)
def test_asq_flags_every_yes_and_every_question_left_out(values: Values, flags: list[tuple[str, str]]) -> None:
    assert [(one.item, one.kind) for one in score(instrument("asq"), answers("asq", values)).flags] == flags


@pytest.mark.parametrize(
    ("symptoms", "blank", "met"),
    [
        # items at 2, items blank: B 1-5, C 6-7, D 8-14, E 15-20
        ([], [], (False, False, False, False)),
        ([1], [], (True, False, False, False)),
        ([5], [], (True, False, False, False)),
        ([6], [], (False, True, False, False)),
        ([7], [], (False, True, False, False)),
        ([8], [], (False, False, False, False)),
        ([8, 14], [], (False, False, True, False)),
        ([15], [], (False, False, False, False)),
        ([15, 20], [], (False, False, False, True)),
        ([1, 6, 8, 9, 15, 16], [], (True, True, True, True)),
        ([], [1], (None, False, False, False)),
        ([], [8], (False, False, False, False)),
        ([9], [8], (False, False, None, False)),
        ([9, 10], [8], (False, False, True, False)),
    ],
)
def test_clusters_of_pcl_5(symptoms: list[int], blank: list[int], met: tuple[bool | None, ...]) -> None:
    values = [None if number in blank else 2 if number in symptoms else 1 for number in range(1, 21)]
    found = score(instrument("pcl-5"), answers("pcl-5", values)).clusters
    assert tuple(found[key] for key in "BCDE") == met


def test_only_pcl_5_has_clusters_and_only_own_check_ins_are_not_validated() -> None:
    assert [id for id, each in instruments().items() if each.clusters] == ["pcl-5"]
    own = {id for id, each in instruments().items() if not each.validated}
    assert own == {"insight", "connection", "session-memory", "alliance"}
    assert all("not validated" in instrument(id).title and not instrument(id).bands for id in own)
