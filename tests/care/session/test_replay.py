"""`kapstone replay` on recordings: a made-up one with apnoea, and a real one of sixteen hours."""

import json
from pathlib import Path

import pytest

from kapstone.cli.main import main

ROOT = Path(__file__).resolve().parents[3]
MADE_UP = ROOT / "tests/data/apnoea_made_up.csv"
REAL = ROOT.parent / "shared/data/bedside_numerics_a.csv"

Document = dict[str, object]


def replay(
    capsys: pytest.CaptureFixture[str], path: Path, sbp: str = "125", dbp: str = "70", form: str = "iv"
) -> Document:
    """The JSON document of one replay; nothing else may stand on standard output."""
    code = main(["replay", str(path), "--json", "--format", form, "--baseline-sbp", sbp, "--baseline-dbp", dbp])
    said = capsys.readouterr()
    assert (code, said.err) == (0, "")
    return json.loads(said.out)


def rows(document: Document, name: str) -> list[dict[str, object]]:
    """A list of the document."""
    found = document[name]
    assert isinstance(found, list)
    return found


@pytest.fixture
def made_up(capsys: pytest.CaptureFixture[str]) -> Document:
    return replay(capsys, MADE_UP)


@pytest.fixture
def real(capsys: pytest.CaptureFixture[str]) -> Document:
    if not REAL.exists():
        pytest.skip("the real recording ../shared/data/bedside_numerics_a.csv is not here")
    return replay(capsys, REAL)


class TestMadeUpApnoea:
    """No breaths in minutes 24 to 26 beside a live heart, leads off from 45 to 49, no pulse column."""

    def test_no_breaths_is_one_red_reminder(self, made_up: Document) -> None:
        (red,) = [one for one in rows(made_up, "reminders") if one["level"] == "red"]
        assert {**red, "what": ""} == {
            "minute": 24, "end_minute": 26, "signal": "rr", "value": 0.0, "unit": "/min",
            "level": "red", "policy": "session.rr.red_below", "what": "",
        }  # fmt: skip
        assert str(red["what"]).startswith("Look at the patient: no breaths counted.")

    def test_it_is_not_technical(self, made_up: Document) -> None:
        assert all(not 24 <= int(str(one["minute"])) <= 26 for one in rows(made_up, "technical"))

    def test_the_lost_lead_is_technical_and_reminds_of_nothing(self, made_up: Document) -> None:
        (lost,) = rows(made_up, "technical")
        assert (lost["minute"], lost["end_minute"], lost["signals"]) == (45, 49, ["hr", "rr"])
        assert str(lost["what"]).startswith("Signal lost: heart and breathing leads.")
        assert all(int(str(one["end_minute"])) < 45 for one in rows(made_up, "reminders"))

    def test_the_blank_column_is_not_measured(self, made_up: Document) -> None:
        assert made_up["not_measured"] == {"hr": 0, "rr": 0, "spo2": 0, "pulse": 60, "sbp": 54, "dbp": 54, "map": 54}

    @pytest.mark.mitigates("M-071")
    def test_the_document_says_which_policy_and_that_it_is_unsigned(self, made_up: Document) -> None:
        policy = made_up["policy"]
        assert isinstance(policy, dict)
        assert (len(policy["digest"]), policy["signed"]) == (64, False)


class TestRealRecording:
    """Facts of the recording, found by reading it: zeros are a sensor, blanks are not measured."""

    def test_one_pressure_reminder(self, real: Document) -> None:
        (found,) = [one for one in rows(real, "reminders") if one["signal"] in ("sbp", "dbp", "map")]
        assert (found["minute"], found["end_minute"], found["signal"], found["value"]) == (172, 172, "sbp", 167.0)
        assert (found["level"], found["policy"]) == ("orange", "session.sbp.orange_from")

    def test_two_breaths_in_minute_295_are_implausible_and_remind_of_nothing(self, real: Document) -> None:
        (found,) = [one for one in rows(real, "technical") if one["minute"] == 295]
        assert (found["kind"], found["signal"], found["value"]) == ("implausible", "rr", 2.0)
        assert all(one["value"] != 2.0 for one in rows(real, "reminders"))

    def test_the_finger_sensor_is_lost_in_stretches(self, real: Document) -> None:
        lost = [one for one in rows(real, "technical") if one["signals"] == ["spo2", "pulse"]]
        assert [(one["minute"], one["end_minute"]) for one in lost] == [
            (0, 13), (15, 51), (276, 278), (290, 478), (591, 610), (612, 612),
        ]  # fmt: skip
        assert {one["kind"] for one in lost} == {"signal lost"}
        assert all(one["signal"] not in ("spo2", "pulse") for one in rows(real, "reminders"))

    def test_no_zero_became_a_reminder(self, real: Document) -> None:
        assert all(float(str(one["value"])) > 0 for one in rows(real, "reminders"))

    def test_at_most_six_reminders_in_any_hour(self, real: Document) -> None:
        assert int(str(real["most_reminders_in_an_hour"])) <= 6
        starts = [int(str(one["minute"])) for one in rows(real, "reminders")]
        assert all(sum(0 <= other - one < 60 for other in starts) <= 6 for one in starts)

    def test_numbers_alone_make_nobody_ready(self, real: Document) -> None:
        released = real["release"]
        assert isinstance(released, dict)
        assert released["ready_at_min"] is None
        assert len(released["unmet"]) >= 7

    def test_blanks_are_counted_as_not_measured(self, real: Document) -> None:
        lines = REAL.read_text().splitlines()
        blanks = {"sbp": 5, "dbp": 6, "map": 7}
        counted = {key: sum(line.split(",")[place] == "" for line in lines[1:]) for key, place in blanks.items()}
        assert real["not_measured"] == {"hr": 0, "rr": 0, "spo2": 0, "pulse": 0, **counted}
        assert counted == {"sbp": 895, "dbp": 895, "map": 895}

    def test_the_same_recording_gives_the_same_document(
        self, real: Document, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert replay(capsys, REAL) == real


@pytest.mark.parametrize("form", ["iv", "im", "sc", "sl", "po", "in-racemic", "in-esketamine"])
def test_every_format_is_replayed(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    released = replay(capsys, MADE_UP, form=form)["release"]
    assert isinstance(released, dict)
    assert released["ready_at_min"] is None


def test_esketamine_counts_from_the_end_of_giving(capsys: pytest.CaptureFixture[str]) -> None:
    released = replay(capsys, MADE_UP, form="in-esketamine")["release"]
    assert isinstance(released, dict)
    assert released["unmet"][0] == "71 more minutes of observation."


def test_people_read_the_same_facts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(MADE_UP), "--format", "iv", "--baseline-sbp", "125", "--baseline-dbp", "70"]) == 0
    text = capsys.readouterr().out
    assert "min 24–26     red" in text
    assert "Look at the patient: no breaths counted." in text
    assert "default policy, unsigned. Not an alarm system." in text
