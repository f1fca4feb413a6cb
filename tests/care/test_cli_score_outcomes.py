"""`kapstone score` and `kapstone outcomes` from the command line: answers, and one sentence for bad input."""

import json
from pathlib import Path
from typing import Any

import pytest

from kapstone.care.evaluation import instrument
from kapstone.cli.main import main

TRIAL = Path(__file__).parents[3] / "shared" / "data" / "antidepressant_trial_hamd17.csv"
COLUMNS = ["--patient", "id", "--time", "week", "--score", "phq9", "--instrument", "phq-9"]
TABLE = "id,week,phq9,arm\na,0,20,x\na,6,8,x\nb,0,18,y\nb,6,,y\nc,0,10,y\nc,6,4,y\n"


def written(folder: Path, text: str | bytes) -> str:
    path = folder / "input"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


def response(points: list[int | None]) -> str:
    items = [
        {"linkId": item.link_id, "answer": [] if value is None else [{"valueInteger": value}]}
        for item, value in zip(instrument("phq-9").items, points, strict=True)
    ]
    return json.dumps({"resourceType": "QuestionnaireResponse", "status": "completed", "item": items})


def document(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    assert main([*argv, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def refused(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert main(list(argv)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def test_a_score(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "score", written(tmp_path, response([2] * 8 + [1])))
    assert (found["instrument"], found["total"], found["band"]) == ("phq-9", 17, "moderately severe")
    assert (found["complete"], found["prorated"]) == (True, False)
    assert found["flags"] == [{"item": "/44260-8", "kind": "positive", "value": 1}]
    assert found["items"]["/44250-9"] == 2


def test_a_score_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", written(tmp_path, response([0] * 8 + [None]))]) == 0
    out = capsys.readouterr().out
    assert "PHQ-9: no total" in out
    assert "Safety: item /44260-8 was not asked." in out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "line 1"),
        ("", "is not JSON"),
        ('{"a": NaN}', "NaN is not a JSON number"),
        ('{"a": 1, "a": 2}', "“a” stands twice"),
        ("[" * 50 + "]" * 50, "nested too deep"),
        ("[" * 200000, "nested too deep"),
        ("9" * 5000, "too many digits"),
        (b"\xff\xfe{", "not UTF-8"),
        ('{"resourceType": "Patient"}', "resourceType"),
        (response([4] + [0] * 8), "Item /44250-9 has the value 4"),
    ],
)
def test_a_bad_response(text: str | bytes, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert says in refused(capsys, "score", written(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no such file" in refused(capsys, "score", str(tmp_path / "none.json"))
    assert "no such file" in refused(capsys, "outcomes", str(tmp_path / "none.csv"), *COLUMNS)
    assert "is a directory" in refused(capsys, "outcomes", str(tmp_path), *COLUMNS)


def test_outcomes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "outcomes", written(tmp_path, TABLE), *COLUMNS, "--group", "arm")
    assert (found["n_total"], found["n_analysed"], found["instrument"]) == (3, 2, "phq-9")
    assert found["overall"]["response"] == 1.0
    assert found["overall"]["counts"] == {"response": 2, "remission": 1, "recovered": None}
    assert found["groups"]["y"]["n_treated"] == 2
    assert found["groups"]["y"]["n"] == 1
    assert found["overall"]["reliable"] is None
    assert any("1 of 3 patients lack a score" in note for note in found["notes"])


@pytest.mark.mitigates("M-072")
def test_outcomes_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    argv = [*COLUMNS, "--pre", "0", "--post", "6.0", "--reliability", "0.84", "--mid", "5"]
    assert main(["outcomes", written(tmp_path, TABLE), *argv]) == 0
    out = capsys.readouterr().out
    assert "2 analysed of 3 treated" in out
    assert "2 of 2 (100 %)" in out
    assert "-9.0" in out


def test_words_may_name_the_times(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "id,week,phq9\na,before,20\na,after,9\n"
    argv = [*COLUMNS, "--pre", "before", "--post", "after"]
    assert document(capsys, "outcomes", written(tmp_path, text), *argv)["n_analysed"] == 1


@pytest.mark.parametrize(
    ("text", "more", "says"),
    [
        ("", (), "the file is empty"),
        ("id,week,phq9\n", (), "no row"),
        ("id,week\na,0\n", (), "no column “phq9”; the columns are id, week"),
        ("id,week,phq9,phq9\na,0,1,1\n", (), "twice"),
        ("id,week,phq9\na,0,many\n", (), "line 2, column phq9 is “many”"),
        ("id,week,phq9\na,0,nan\n", (), "line 2, column phq9 is “nan”"),
        ("id,week,phq9\na,0,1_0\n", (), "“1_0”, not a number"),
        ("id,week,phq9\na,0,28\n", (), "runs from 0 to 27"),
        ("id,week,phq9\na,0,1\na,0.0,2\n", (), "line 3: patient a has a second row"),
        ("id,week,phq9\n,0,1\n", (), "column id is blank"),
        ("id,week,phq9\na,first,1\n", (), "column week is “first”, not a number"),
        ("id,week,phq9\na,0,1,9\n", (), "line 2 has 4 cells"),
        ('id,week,phq9\na,0,"1\n', (), "is not CSV"),
        (b"id,week,phq9\n\xff,0,1\n", (), "not UTF-8"),
        ("id,week,phq9,arm\na,0,9,x\na,6,9,y\n", ("--group", "arm"), "give each patient one group"),
        (TABLE, ("--instrument", "mood"), "give one of phq-9"),
        (TABLE, ("--reliability", "1.2"), "from 0 to 1"),
        (TABLE, ("--reliability", "nan"), "from 0 to 1"),
        (TABLE, ("--mid", "0"), "above 0"),
        (TABLE, ("--functional-mean", "4"), "belong together"),
        (TABLE, ("--pre", "0"), "belong together"),
        (TABLE, ("--pre", "0", "--post", "0"), "two different times"),
        (TABLE, ("--pre", "0", "--post", "9"), "no row has week “9”; the file has 0, 6"),
    ],
)
def test_a_bad_table(
    text: str | bytes,
    more: tuple[str, ...],
    says: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert says in refused(capsys, "outcomes", written(tmp_path, text), *COLUMNS, *more)


def test_a_real_trial(capsys: pytest.CaptureFixture[str]) -> None:
    if not TRIAL.exists():
        pytest.skip("the public trial data is not beside the project")
    columns = ["--patient", "patient", "--time", "visit", "--score", "hamd17", "--group", "therapy"]
    argv = ["outcomes", str(TRIAL), *columns, "--instrument", "ham-d17", "--pre", "0", "--post", "7"]
    found = document(capsys, *argv)
    assert found["groups"]["DRUG"]["counts"] == {"response": 29, "remission": 20, "recovered": None}
    assert found["groups"]["PLACEBO"]["counts"] == {"response": 20, "remission": 18, "recovered": None}
    assert (found["groups"]["DRUG"]["n"], found["groups"]["PLACEBO"]["n"]) == (64, 65)
