"""`kapstone replay` with a dose: measured pressures over the forecast, as values, in words and as a page."""

import json
from pathlib import Path

import pytest

from kapstone.cli.main import main

READINGS = "minute,sbp_mmhg,dbp_mmhg\n0,124,76\n10,128,78\n20,132,80\n40,134,82\n60,127,79\n"
FAR = "minute,sbp_mmhg,dbp_mmhg\n0,124,76\n10,188,98\n20,192,99\n40,134,82\n"
BASE = ["--format", "iv", "--baseline-sbp", "124", "--baseline-dbp", "76"]
DOSE = ["--mg-per-kg", "0.5", "--weight-kg", "70", "--age", "45"]


def replayed(folder: Path, text: str, *more: str) -> list[str]:
    (folder / "readings.csv").write_text(text, "utf-8")
    return ["replay", str(folder / "readings.csv"), *BASE, *more]


def test_without_a_dose_nothing_is_forecast(tmp_path, capsys):
    assert main([*replayed(tmp_path, READINGS), "--json"]) == 0
    assert "forecast" not in json.loads(capsys.readouterr().out)


@pytest.mark.mitigates("M-114")
def test_with_a_dose_each_reading_stands_beside_the_band(tmp_path, capsys):
    assert main([*replayed(tmp_path, READINGS, *DOSE), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["forecast"]
    assert found["model"] == "kamp-2020"
    assert [row["mmhg"] for row in found["readings"]] == [124, 128, 132, 134, 127]
    assert found["inside"] == 5
    assert found["dropped_at_min"] is None
    # Never narrower than the error of one cuff reading: 3.29 times 6 mmHg.
    assert all(row["p95"] - row["p5"] >= 19 for row in found["readings"])


def test_a_forecast_that_is_wrong_is_dropped_and_the_readings_stay(tmp_path, capsys):
    assert main(replayed(tmp_path, FAR, *DOSE)) == 0
    out = capsys.readouterr().out
    assert "The forecast of systolic pressure is dropped at minute 20" in out
    # What comes after the drop has no forecast beside it, and none is counted.
    assert "1 of 3 readings within 5 to 95 %. 1 more have no forecast beside them." in out


def test_readings_before_and_after_and_those_that_cannot_be_true_are_not_lost(tmp_path, capsys):
    text = "minute,sbp_mmhg,dbp_mmhg\n-10,122,75\n0,124,76\n20,132,80\n30,999,80\n300,126,78\n"
    page = tmp_path / "replay.html"
    assert main([*replayed(tmp_path, text, *DOSE, "--page", str(page)), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["forecast"]
    assert [(row["minute"], row["inside"]) for row in found["readings"]] == [
        (-10, None),
        (0, True),
        (20, True),
        (300, None),
    ]
    assert (found["judged"], found["inside"]) == (2, 2)
    shown = page.read_text("utf-8")
    assert "<th>-10</th><td>122</td>" in shown
    assert "Minute 30: systolic 999 mmHg, implausible, not used." in shown


@pytest.mark.parametrize(("dose", "why"), [
    (["--mg-per-kg", "50", "--weight-kg", "70"], "Is the unit right: mg or mg/kg?"),
    (["--mg-per-kg", "0.5", "--weight-kg", "70", "--age", "17"], "no forecast outside 18 to 86 years"),
])  # fmt: skip
def test_a_refused_forecast_leaves_the_replay_whole(tmp_path, capsys, dose, why):
    assert main([*replayed(tmp_path, FAR, *dose), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert why in found["forecast"]["refused"]
    assert found["reminders"]


def test_the_dose_may_begin_later(tmp_path, capsys):
    assert main([*replayed(tmp_path, READINGS, *DOSE, "--dose-at", "10"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["forecast"]["readings"]
    assert [(row["minute"], row["p5"] is None) for row in found] == [
        (-10, True), (0, False), (10, False), (30, False), (50, False),
    ]  # fmt: skip


def test_the_page_holds_the_picture_the_table_and_no_foreign_address(tmp_path, capsys):
    page = tmp_path / "replay.html"
    assert main(replayed(tmp_path, READINGS, *DOSE, "--page", str(page))) == 0
    text = page.read_text("utf-8")
    assert text.count('class="c-reading"') == 10
    assert "c-fc-90" in text and "<table>" in text and "c-hatch" in text
    assert "http://" not in text and "https://" not in text


BAD = [
    (["--mg-per-kg", "0.5"], "--weight-kg is missing"),
    (["--page", "x.html"], "give --mg or --mg-per-kg as well"),
    (["--mg", "35", "--mg-per-kg", "0.5", "--weight-kg", "70"], "one of the two"),
    ([*DOSE, "--page", "/nowhere/at/all.html"], "cannot be written"),
]


@pytest.mark.parametrize(("more", "says"), BAD, ids=[one[1] for one in BAD])
def test_bad_input_is_one_sentence(tmp_path, capsys, more, says):
    assert main(replayed(tmp_path, READINGS, *more)) == 2
    out, err = capsys.readouterr()
    assert out == "" and says in err and err.count("\n") == 1
