"""`kapstone instrument`: prints a Questionnaire, lists what ships, and says what is wrong with an id."""

import json

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire

from kapstone.care.evaluation import instruments
from kapstone.cli.main import main


@pytest.mark.parametrize("json_only", [[], ["--json"]])
@pytest.mark.parametrize("id", sorted(instruments()))
def test_it_prints_the_questionnaire_and_nothing_else(
    id: str, json_only: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["instrument", id, *json_only]) == 0
    printed = json.loads(capsys.readouterr().out)
    Questionnaire.model_validate(printed)
    assert printed["id"] == id


def test_the_list_names_each_with_its_notice(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["instrument", "--list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["instruments"]
    assert [row["id"] for row in rows] == list(instruments())
    assert all(row["notice"] and row["missing_rule"] for row in rows)
    assert main(["instrument"]) == 0
    assert "phq-9           PHQ-9, 9 items" in capsys.readouterr().out


def test_an_unknown_id_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["instrument", "madrs"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("kapstone instrument: ID is “madrs”, which does not ship; give one of alliance, asq")
