"""Charts say what they show, escape what they are given, leave gaps open and never draw small text."""

import re
from xml.etree import ElementTree

import pytest

from kapstone.clinic.ground.ui import svg
from kapstone.clinic.ground.ui.svg.draw import TEXT

POINTS = [svg.ScorePoint(day, score) for day, score in [(0, 19), (7, 15), (14, None), (21, 8), (28, 10)]]
READINGS = [svg.Reading(0, 124, 78, 72, 98, 14), svg.Reading(40, 162, 94, 88, 97, 12)]

MINUTES = [float(minute) for minute in range(0, 241, 10)]
SPREAD = svg.Spread(*([height * minute / 240 for minute in MINUTES] for height in (20, 40, 50, 60, 90)))
FORECASTS = [
    svg.Picture("Ketamine in arterial blood", "ng/mL", MINUTES, SPREAD),
    svg.Picture(
        "Systolic <pressure>",
        "mmHg",
        MINUTES,
        SPREAD,
        hatched=True,
        grey=True,
        says=["Spread borrowed from a study with a name so long that it does not fit on the line of a phone."],
        edges=[svg.Edge("another model", SPREAD.p5, SPREAD.p95)],
        studied=[("studied: 0.1 mg/kg", SPREAD.p5)],
        moments=[svg.Moment(40, "dose ends, 40 min"), svg.Moment(230, "earliest way home, 230 min")],
        readings=[(30, 8), (60, 999), (300, 5)],
        dropped_min=60,
    ),
]

NARROWEST_PHONE_CHART = 252
"""Inside a card on a page 320 px wide, in CSS pixels."""
NARROWEST_WIDE_CHART = 494
"""Where the stylesheet changes to the wide drawing: 31rem, less the border."""


def charts() -> list[str]:
    vitals = svg.vitals_chart(
        READINGS, [svg.Limit(160, "limit 160")], 120, [svg.SignalGap(5, 9)], [svg.Dose(0, "56 mg")]
    )
    return [
        svg.score_chart(POINTS, [3, 10], threshold=10),
        vitals,
        *(svg.forecast_chart(one, uid="f") for one in FORECASTS),
    ]


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
    assert len(ids) == len(set(ids)) in (4, 6)
    for drawing in root:
        assert drawing.attrib["role"] == "img"
        assert set(drawing.attrib["aria-labelledby"].split()) <= set(ids)


@pytest.mark.parametrize("chart", charts())
def test_colours_come_from_classes_alone(chart: str) -> None:
    # A hatch is a pattern of the drawing itself, named by its own id.
    plain = re.sub(r'fill="url\(#f-(?:phone|wide)-h\)"', "", chart)
    assert not re.search(r"\sstyle=|fill=|stroke=|#[0-9a-fA-F]{3,6}\b", plain)


def test_a_forecast_says_its_width_its_doubt_and_what_was_measured() -> None:
    said = svg.forecast_chart(FORECASTS[1], uid="f")
    assert "Grey: outside what was studied." in said
    assert "3 readings, 1 of them inside the band." in said
    assert "Systolic &lt;pressure&gt;" in said
    # A reading outside the minutes of the picture is in the table, not in the picture.
    assert said.count('class="c-reading"') == 4
    rows = svg.forecast_table(FORECASTS[1])
    assert ["300 min", "measured 5.0"] in rows
    assert not [row for row in rows if row[0] == "70 min"], "nothing is forecast after it was dropped"
    assert len(svg.forecast_columns(FORECASTS[1])) == 7


def test_what_else_may_be_so_is_named_once() -> None:
    names = ("Other 1990, venous", "Impaired kidneys", "Other 1990: Impaired kidneys", "If “b” (a: b?)")
    edges = [svg.Edge(name, SPREAD.p5, SPREAD.p95) for name in names]
    words = dict(svg.swatches(svg.Picture("a", "b", MINUTES, SPREAD, edges=edges)))["edge"]
    assert words == "what else may be so: Other 1990, venous; Impaired kidneys; If “b” (a: b?)"


def test_every_part_of_a_forecast_has_its_sample_in_the_legend() -> None:
    kinds = [kind for kind, _ in svg.swatches(FORECASTS[1])]
    assert kinds == ["fc-50", "fc-90", "hatch", "grey", "edge", "studied", "reading"]
    assert all("<svg" in svg.swatch(kind) for kind in kinds)


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


@pytest.mark.mitigates("M-114")
def test_readings_lie_above_the_band() -> None:
    drawn = svg.forecast_chart(FORECASTS[1], uid="f")
    for picture in drawn.split("</svg>")[:2]:
        assert picture.index('class="c-reading"') > max(
            picture.rindex(one) for one in ("c-fc-90", "c-fc-50", "url(#")
        )
