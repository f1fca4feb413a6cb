"""Charts say what they show, escape what they are given, leave gaps open and never draw small text."""

import re
from xml.etree import ElementTree

import pytest

from kapstone.clinic.ground.ui import svg
from kapstone.clinic.ground.ui.svg.draw import TEXT

POINTS = [svg.ScorePoint(day, score) for day, score in [(0, 19), (7, 15), (14, None), (21, 8), (28, 10)]]
READINGS = [svg.Reading(0, 124, 78, 72, 98, 14), svg.Reading(40, 162, 94, 88, 97, 12)]

NARROWEST_PHONE_CHART = 252
"""Inside a card on a page 320 px wide, in CSS pixels."""
NARROWEST_WIDE_CHART = 494
"""Where the stylesheet changes to the wide drawing: 31rem, less the border."""


def charts() -> list[str]:
    vitals = svg.vitals_chart(
        READINGS, [svg.Limit(160, "limit 160")], 120, [svg.SignalGap(5, 9)], [svg.Dose(0, "56 mg")]
    )
    return [svg.score_chart(POINTS, [3, 10], threshold=10), vitals]


@pytest.mark.parametrize("chart", charts())
def test_text_is_never_under_twelve_pixels(chart: str) -> None:
    root = ElementTree.fromstring(chart)
    for drawing, narrowest in zip(root, (NARROWEST_PHONE_CHART, NARROWEST_WIDE_CHART), strict=True):
        width = float(drawing.attrib["viewBox"].split()[2])
        sizes = [float(words.attrib["font-size"]) for words in drawing.iter("text")]
        assert min(sizes) == TEXT
        assert min(sizes) * narrowest / width >= 12


@pytest.mark.parametrize("chart", charts())
def test_each_drawing_is_named_and_described(chart: str) -> None:
    root = ElementTree.fromstring(chart)
    ids = [node.attrib["id"] for node in root.iter() if "id" in node.attrib]
    assert len(ids) == len(set(ids)) == 4
    for drawing in root:
        assert drawing.attrib["role"] == "img"
        assert set(drawing.attrib["aria-labelledby"].split()) <= set(ids)


@pytest.mark.parametrize("chart", charts())
def test_colours_come_from_classes_alone(chart: str) -> None:
    assert not re.search(r"\sstyle=|fill=|stroke=|#[0-9a-fA-F]{3,6}\b", chart)


def test_words_are_escaped() -> None:
    nasty = "<script>\"&'"
    drawn: str = svg.score_chart(POINTS, name=nasty, bands=[svg.Band(0, 27, nasty, nasty)], uid='"x')
    drawn += svg.vitals_chart(READINGS, [svg.Limit(160, nasty)], doses=[svg.Dose(0, nasty)])
    drawn += svg.dots(3, nasty)
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_a_missed_check_in_leaves_the_line_open() -> None:
    phone = svg.score_chart(POINTS).split("</svg>")[0]
    assert phone.count('class="c-line"') == 2
    assert phone.count('class="c-dot"') == 4


def test_a_long_silence_leaves_the_line_open() -> None:
    far = [svg.ScorePoint(0, 12), svg.ScorePoint(7, 10), svg.ScorePoint(60, 9)]
    assert svg.score_chart(far).split("</svg>")[0].count('class="c-line"') == 1
    assert svg.score_chart(far, gap_days=90).split("</svg>")[0].count("L") == 2


def test_first_best_and_last_scores_are_said_once_each() -> None:
    said = re.findall(r'class="c-bold">(\d+)<', svg.score_chart(POINTS).split("</svg>")[0])
    assert sorted(said) == ["10", "19", "8"]


def test_the_axis_is_the_whole_scale_whatever_the_scores() -> None:
    low = svg.score_chart([svg.ScorePoint(0, 1), svg.ScorePoint(7, 2)])
    high = svg.score_chart([svg.ScorePoint(0, 26), svg.ScorePoint(7, 27)])
    assert re.findall(r"<rect[^>]*>", low) == re.findall(r"<rect[^>]*>", high)


def test_table_twins_hold_the_same_values() -> None:
    assert svg.score_table(POINTS)[2] == ["Week 2", "Not filled in", ""]
    assert svg.score_table(POINTS)[0] == ["Week 0", "19", "Moderately severe"]
    assert svg.vitals_table(READINGS)[1] == ["40 min", "162/94", "88", "97", "12"]


def test_charts_bear_having_nothing_to_show() -> None:
    assert svg.score_chart([]) == ""
    assert svg.score_chart([svg.ScorePoint(0, None)]) == ""
    assert "no blood pressure yet" in svg.vitals_chart([])


def test_a_value_off_the_usual_scale_is_still_on_the_chart() -> None:
    wild = svg.vitals_chart([svg.Reading(0, 240, 30, 20, 62, 44)])
    for drawing in ElementTree.fromstring(wild):
        height = float(drawing.attrib["viewBox"].split()[3])
        assert all(0 <= float(mark.attrib["cy"]) <= height for mark in drawing.iter("circle"))
