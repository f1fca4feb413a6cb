"""The schema, the example and the reader of intake documents agree, and the command gives what the page gives."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from kapstone.care.evaluation import BadIntake, Kind, asks, evaluate, read_intake, write_intake
from kapstone.care.evaluation.intake_json import intake_from
from kapstone.care.evaluation.intake_schema import example_intake, intake_schema
from kapstone.care.evidence import default_policy
from kapstone.cli.main import main

VALID = Draft202012Validator(intake_schema(), format_checker=FormatChecker())
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 400),
    st.floats(-5, 400),
    st.sampled_from(["", "2026-02-30", "mdd", "b"]),
)
DAYS = st.dates().map(lambda day: day.isoformat())
LISTS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "drug": ODD,
            "name": st.text(max_size=5),
            "daily_mg": ODD,
            "weeks": ODD,
            "kind": ODD,
            "checked": ODD,
        },
    ),
    max_size=3,
)
PAIRS = st.lists(st.lists(st.integers(10, 310), max_size=3), max_size=3)
DOCUMENTS = st.dictionaries(st.sampled_from([*asks(), "unknown"]), st.one_of(ODD, DAYS, LISTS, PAIRS), max_size=4)


def told_by_several(document: dict[str, Any], problem: str) -> bool:
    """Whether a refusal is about how two values stand to one another, which a schema cannot say."""
    told = document.get("pressures")
    pairs = isinstance(told, list) and any(isinstance(each, list) and len(each) == 2 for each in told)
    return "after evaluated_on" in problem or ("pressures" in problem and pairs)


@given(DOCUMENTS)
def test_the_schema_takes_what_the_reader_takes(document: dict[str, Any]) -> None:
    try:
        intake_from(document)
        problem = ""
    except BadIntake as found:
        problem = str(found)
    if told_by_several(document, problem):
        return
    assert VALID.is_valid(document) == (problem == ""), problem


def test_the_example_is_complete_valid_and_clear() -> None:
    body = example_intake()
    VALID.validate(body)
    assert set(body) == set(asks())
    assert not [name for name, value in body.items() if value is None]
    verdict = evaluate(read_intake(json.dumps(body)), default_policy(), phase="maintenance")
    assert (verdict.candidacy.word, verdict.urgency.word) == ("clear", "none")
    assert not [one for one in verdict.findings if one.missing]


def test_what_was_written_is_read_again() -> None:
    intake = read_intake(json.dumps(example_intake()))
    assert read_intake(write_intake(intake)) == intake
    VALID.validate(json.loads(write_intake(intake)))


def test_the_command_gives_a_document_with_every_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "intake.json"
    file.write_text(json.dumps(example_intake() | {"aneurysm_or_avm": True, "porphyria": None}))
    assert main(["evaluate", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["candidacy"], told["urgency"]) == ("block", "none")
    assert {"rule", "phase", "severity", "reason", "inputs", "source", "missing"} <= set(told["findings"][0])
    assert told["per_format"]["iv"]["candidacy"] == "block"
    assert [one["missing"] for one in told["findings"] if one["rule"] == "E46"] == [["porphyria"]]
    assert [one["outcome"] for one in told["trials"]] == ["failed", "failed"]
    assert main(["evaluate", str(file), "--formats", "iv", "--phase", "each_dose"]) == 0
    assert "What stops:\n  E07 block" in capsys.readouterr().out


@pytest.mark.parametrize("flag", ["--example", "--schema"])
def test_example_and_schema_are_printed(flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", flag]) == 0
    assert json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "is not JSON"),
        ("[]", "give an object of fields"),
        ('{"pregnent": true}', "“pregnent” is not a field"),
        ('{"pregnant": "no"}', "pregnant is 'no'; give true, false"),
        ('{"weight_kg": 1540}', "give a number from 25 to 350 kg"),
        ('{"weight_kg": NaN}', "NaN is not a JSON number"),
        ('{"pregnant": true, "pregnant": false}', "stands twice"),
        ('{"medicines": [{"daily_mg": 5}]}', "medicines, entry 1 has no name"),
        ('{"trials": [{"drug": "x", "kind": "y"}]}', "trials, entry 1: kind is 'y'"),
        ('{"pressures": [[80, 120]]}', "give systolic and diastolic"),
        ('{"ecg_on": "2026-03-03", "evaluated_on": "2026-03-02"}', "after evaluated_on"),
        ('{"child_pugh": ["a"]}', "give none, a, b, c"),
    ],
)
def test_bad_documents_get_a_sentence(
    text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "intake.json"
    file.write_text(text)
    assert main(["evaluate", str(file)]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--phase", "later"], ["--formats", "iv,smoke"], ["--setting", "beach"]])
def test_what_does_not_exist_is_named(wrong: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "intake.json"
    file.write_text("{}")
    assert main(["evaluate", str(file), *wrong]) == 2
    assert "give one of" in capsys.readouterr().err


def test_without_a_document_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate"]) == 2
    assert "--example" in capsys.readouterr().err


def test_every_kind_of_field_has_a_shape() -> None:
    assert {ask.kind for ask in asks().values()} == set(Kind)
