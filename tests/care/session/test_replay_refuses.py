"""What `kapstone replay` will not read: exit 2, one sentence that says where, and never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kapstone.cli.main import main

HEADER = "minute,hr_per_min,rr_per_min,sbp_mmhg,dbp_mmhg\n"
GOOD = HEADER + "0,62,14,120,70\n1,63,14,,\n"
BASELINE = ["--baseline-sbp", "125", "--baseline-dbp", "70"]


def refused(capsys: pytest.CaptureFixture[str], path: Path, *args: str) -> str:
    """The one sentence, after checking that it is all there is."""
    code = main(["replay", str(path), "--format", "iv", "--json", *(args or BASELINE)])
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert said.err.startswith("kapstone replay: ")
    assert said.err.count("\n") == 1
    assert said.err.rstrip().endswith(".")
    return said.err


CELLS = [
    # what the second line of readings holds, what the sentence names
    ("1,NaN,14,,", "line 3, column hr_per_min"),
    ("1,inf,14,,", "line 3, column hr_per_min"),
    ("1,-Infinity,14,,", "line 3, column hr_per_min"),
    ("1,1e400,14,,", "line 3, column hr_per_min"),
    ("1,1e999999999,14,,", "line 3, column hr_per_min"),
    ("1,-1,14,,", "line 3, column hr_per_min"),
    ("1,1000,14,,", "line 3, column hr_per_min"),
    ("1,1_0,14,,", "line 3, column hr_per_min"),
    ("1,62,fast,,", "line 3, column rr_per_min"),
    ("1,62,14,12O,70", "line 3, column sbp_mmhg"),
    ('1,62,14,"120,5",70', "line 3, column sbp_mmhg"),
    (",62,14,,", "line 3, column minute"),
    ("one,62,14,,", "line 3, column minute"),
    ("1.5,62,14,,", "line 3, column minute"),
    ("NaN,62,14,,", "line 3, column minute"),
    ("1_0,62,14,,", "line 3, column minute"),
    ("99999999999999,62,14,,", "line 3, column minute"),
    ("0,62,14,,", "line 3, column minute"),
    ("-1,62,14,,", "line 3, column minute"),
    ("1,62,14", "line 3"),
    ("1,62,14,,,9", "line 3"),
    ('1,"62"x,14,,', "line 3"),
]


@pytest.mark.parametrize(("line", "where"), CELLS)
def test_a_cell_that_is_no_reading(line: str, where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "readings.csv"
    path.write_text(f"{HEADER}0,62,14,120,70\n{line}\n")
    assert f"{path}, {where}" in refused(capsys, path)


FILES = [
    # what is in the file, what the sentence names
    (b"", "line 1: no column"),
    (b"hr_per_min,rr_per_min\n62,14\n", "line 1: no column"),
    (b"time,hr_per_min\n0,62\n", "the columns here are time, hr_per_min"),
    (b"minute,mood\n0,7\n", "line 1: no column of readings"),
    (b"minute,hr_per_min,hr_per_min\n0,62,63\n", "line 1: the column hr_per_min stands there twice"),
    (HEADER.encode(), "holds no readings"),
    (GOOD.encode() + "2,62,14,,\n# früh\n".encode("latin-1"), "line 5: this is not text in UTF-8"),
    (GOOD.encode("utf-16"), "line 1: this is not text in UTF-8"),
    (GOOD.encode() + b"2,6\x002,14,,\n", "line "),
    (GOOD.encode() + b'2,"62,14,,\n', "line "),
]


@pytest.mark.parametrize(("stored", "words"), FILES)
def test_a_file_that_is_no_recording(
    stored: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "readings.csv"
    path.write_bytes(stored)
    sentence = refused(capsys, path)
    assert str(path) in sentence
    assert words in sentence


def test_a_path_that_leads_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "does not exist" in refused(capsys, tmp_path / "missing.csv")
    assert "is a folder" in refused(capsys, tmp_path)
    assert "cannot be read" in refused(capsys, tmp_path / ("x" * 300))
    (tmp_path / "file.csv").write_text(GOOD)
    assert "cannot be read" in refused(capsys, tmp_path / "file.csv" / "deeper.csv")


BASELINES = [
    # systolic, diastolic, what the sentence names
    ("70", "125", "swapped"),
    ("100", "100", "swapped"),
    ("12", "7", "--baseline-sbp"),
    ("1250", "70", "--baseline-sbp"),
    ("125", "7", "--baseline-dbp"),
    ("125", "NaN", "--baseline-dbp"),
    ("inf", "70", "--baseline-sbp"),
    ("1e400", "70", "--baseline-sbp"),
    ("high", "70", "--baseline-sbp"),
    ("", "70", "--baseline-sbp"),
]


@pytest.mark.parametrize(("sbp", "dbp", "words"), BASELINES)
def test_a_baseline_that_cannot_be_true(
    sbp: str, dbp: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "readings.csv"
    path.write_text(GOOD)
    assert words in refused(capsys, path, "--baseline-sbp", sbp, "--baseline-dbp", dbp)


@pytest.mark.parametrize("minute", ["noon", "1.5", "99999999999", ""])
def test_a_dose_at_no_minute(minute: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "readings.csv"
    path.write_text(GOOD)
    assert "--dose-at" in refused(capsys, path, *BASELINE, "--dose-at", minute)


ACCEPTED = [
    # what a spreadsheet does to a file that is all right
    GOOD.encode("utf-8-sig"),
    GOOD.replace("\n", "\r\n").encode(),
    GOOD.rstrip("\n").encode(),
    (GOOD + "\n\n").encode(),
    GOOD.replace("62,14", "62.0, 14 ").encode(),
    (HEADER + "-5,62,14,,\n0,,,,\n").encode(),
]


@pytest.mark.parametrize("stored", ACCEPTED)
def test_a_harmless_file_is_read(stored: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "readings.csv"
    path.write_bytes(stored)
    assert main(["replay", str(path), "--format", "iv", *BASELINE]) == 0
    assert capsys.readouterr().err == ""


def test_a_format_nobody_knows_is_a_plain_refusal_of_the_command_itself(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kapstone.cli.main", "replay", "x.csv", "--format", "patch", *BASELINE]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=dict(os.environ))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert "'patch'" in done.stderr
