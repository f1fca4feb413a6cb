"""Totals, bands, blanks and safety flags of the questionnaires that ship."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapstone.care.evaluation import BadAnswer, instrument, score
from kapstone.care.evaluation.instruments import wording_sha256

PHQ9, GAD7 = instrument("phq-9"), instrument("gad-7")
BANDS = [
    ("phq-9", 0, "minimal"),
    ("phq-9", 4, "minimal"),
    ("phq-9", 5, "mild"),
    ("phq-9", 9, "mild"),
    ("phq-9", 10, "moderate"),
    ("phq-9", 14, "moderate"),
    ("phq-9", 15, "moderately severe"),
    ("phq-9", 19, "moderately severe"),
    ("phq-9", 20, "severe"),
    ("phq-9", 27, "severe"),
    ("gad-7", 0, "minimal"),
    ("gad-7", 4, "minimal"),
    ("gad-7", 5, "mild"),
    ("gad-7", 9, "mild"),
    ("gad-7", 10, "moderate"),
    ("gad-7", 14, "moderate"),
    ("gad-7", 15, "severe"),
    ("gad-7", 21, "severe"),
]


def answers(id: str, values: list[int | None]) -> dict[str, int | None]:
    return dict(zip((item.link_id for item in instrument(id).items), values, strict=True))


@pytest.mark.mitigates("M-055")
@pytest.mark.parametrize(("id", "total", "band"), BANDS)
def test_bands(id: str, total: int, band: str) -> None:
    assert instrument(id).band(total) == band


@pytest.mark.mitigates("M-054")
@pytest.mark.parametrize("id", ["phq-9", "gad-7"])
def test_the_wording_is_unchanged(id: str) -> None:
    assert wording_sha256(instrument(id).items) == instrument(id).items_sha256
    assert "No permission required" in instrument(id).notice


@pytest.mark.mitigates("M-052")
@pytest.mark.parametrize(
    ("id", "values", "total"),
    [
        ("phq-9", [2, 2, 2, 2, 2, 2, 2, None, 0], 16),  # 14 of 8 answered: 15.75
        ("phq-9", [1, 1, 1, 1, 1, 1, None, None, 0], 8),  # 6 of 7 answered: 7.71
        ("phq-9", [2, 2, 0, 0, 0, 0, 0, None, 0], 5),  # 4 of 8 answered: 4.5, half goes up
        ("phq-9", [1, 1, 1, 1, 1, None, None, None, 0], None),
        ("phq-9", [3, 3, 3, 3, 3, 3, 3, 3, None], None),
        ("gad-7", [1, 1, 1, 1, 1, 1, None], 7),
        ("gad-7", [3, 0, 0, 0, 0, 0, None], 4),  # 3 of 6 answered: 3.5, half goes up
        ("gad-7", [1, 1, 1, 1, 1, None, None], None),
        ("gad-7", [None] * 7, None),
    ],
)
def test_blanks(id: str, values: list[int | None], total: int | None) -> None:
    result = score(instrument(id), answers(id, values))
    assert (result.total, result.complete, result.prorated) == (total, False, total is not None)
    assert result.notes
    assert (result.band is None) == (total is None)


def test_filling_in_says_that_it_is_not_verified() -> None:
    result = score(GAD7, answers("gad-7", [1, 1, 1, 1, 1, 1, None]))
    assert "not yet verified" in str(result.notes[0])


@pytest.mark.mitigates("M-052")
@pytest.mark.parametrize(
    ("item_9", "flags"), [(0, []), (1, [("positive", 1)]), (3, [("positive", 3)]), (None, [("not_asked", None)])]
)
def test_item_9_is_flagged(item_9: int | None, flags: list[tuple[str, int | None]]) -> None:
    result = score(PHQ9, answers("phq-9", [1] * 8 + [item_9]))
    assert [(each.kind, each.value) for each in result.flags] == flags
    assert all(each.item == "/44260-8" for each in result.flags)


@pytest.mark.mitigates("M-055")
@given(st.sampled_from(["phq-9", "gad-7"]), st.data())
def test_a_complete_total_is_the_sum(id: str, data: st.DataObject) -> None:
    size = len(instrument(id).items)
    values = data.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    result = score(instrument(id), answers(id, list(values)))
    assert (result.total, result.complete, result.prorated) == (sum(values), True, False)


@pytest.mark.mitigates("M-055")
@given(st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=9, max_size=9))
def test_a_total_lies_between_what_blanks_leave_open(values: list[int | None]) -> None:
    result = score(PHQ9, answers("phq-9", values))
    low = sum(value or 0 for value in values)
    assert result.total is None or low <= result.total <= low + 3 * values.count(None)
    assert values[8] is not None or result.total is None


@pytest.mark.mitigates("M-056")
@pytest.mark.parametrize("value", [4, -1, True, 1.0, "2"])
def test_a_value_that_is_not_offered_is_refused(value: object) -> None:
    with pytest.raises(BadAnswer, match=r"44250-9.*from 0 to 3"):
        score(PHQ9, {"/44250-9": value})  # type: ignore[dict-item]


@pytest.mark.mitigates("M-056")
def test_an_unknown_item_is_refused() -> None:
    with pytest.raises(BadAnswer, match="“/1-1” is not one of PHQ-9"):
        score(PHQ9, {"/1-1": 1})
