"""Every instrument as a FHIR Questionnaire: valid, with certain codes only, and scoring itself exactly as we do."""

from functools import cache
from typing import Any

import fhirpathpy
import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from fhirpathpy.models import models
from hypothesis import given, settings
from hypothesis import strategies as st

from kapstone.care.evaluation import instrument, instruments, questionnaire, read_response, score
from kapstone.care.evaluation.instruments import wording_sha256
from kapstone.care.evaluation.instruments.fhir_questionnaire import CALCULATED, ORDINAL

IDS = sorted(instruments())
CERTAIN = {"phq-9": ("44249-1", "44261-6"), "gad-7": ("69737-5", "70274-6")}
"""The panels and totals whose LOINC codes were checked against two public sources."""

Answers = dict[str, int | None]


def response(id: str, answers: Answers) -> dict[str, Any]:
    """A response with an answer for each item that has points."""
    used = instrument(id)
    codes = {option.value: {"system": used.system, "code": option.code} for option in used.options}
    items = [
        {"linkId": link_id, "answer": [{"valueCoding": codes[points]}]}
        for link_id, points in answers.items()
        if points is not None
    ]
    return {"resourceType": "QuestionnaireResponse", "questionnaire": used.url, "status": "completed", "item": items}


@cache
def calculated(id: str, model: str = "r4") -> dict[str, Any]:
    """The compiled expressions of a questionnaire by the link id of what they calculate."""
    return {
        item["linkId"]: fhirpathpy.compile(extension["valueExpression"]["expression"], models.get(model))
        for item in questionnaire(instrument(id))["item"]  # type: ignore[attr-defined]
        for extension in item.get("extension", [])
        if extension["url"] == CALCULATED
    }


def scored_by_itself(id: str, answers: Answers, model: str = "r4") -> dict[str, object]:
    """What a FHIRPath engine makes of the response; None for an empty result."""
    given = response(id, answers)
    results = {name: run(given, {"resource": given}) for name, run in calculated(id, model).items()}
    assert all(len(result) <= 1 for result in results.values())
    return {name: result[0] if result else None for name, result in results.items()}


def scored_by_us(id: str, answers: Answers) -> dict[str, object]:
    """What `score` makes of the same answers."""
    used, result = instrument(id), score(instrument(id), answers)
    banded = {used.band_link_id: result.band} if used.bands or used.outcome else {}
    return {used.total_link_id: result.total, **banded}


@st.composite
def some_answers(draw: st.DrawFn, id: str) -> Answers:
    """Answers of which none, a few or many are blank, and often many are the first option."""
    used = instrument(id)
    blanks = draw(st.sets(st.sampled_from(list(used.by_link_id)), max_size=draw(st.sampled_from([0, 1, 2, 3, 20]))))
    values = st.one_of(st.just(0), st.sampled_from([option.value for option in used.options]))
    return {link_id: None if link_id in blanks else draw(values) for link_id in used.by_link_id}


@pytest.mark.mitigates("M-055")
@pytest.mark.parametrize("id", IDS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_its_own_expression_gives_our_score(id: str, data: st.DataObject) -> None:
    answers = data.draw(some_answers(id))
    assert scored_by_itself(id, answers) == scored_by_us(id, answers)


EDGES: list[tuple[str, list[int | None]]] = [
    ("phq-9", [2, 2, 2, 2, 2, 2, 2, None, 0]),
    ("phq-9", [2, 2, 0, 0, 0, 0, 0, None, 0]),
    ("phq-9", [1, 1, 1, 1, 1, 1, None, None, 0]),
    ("phq-9", [1, 1, 1, 1, 1, None, None, None, 0]),
    ("phq-9", [3, 3, 3, 3, 3, 3, 3, 3, None]),
    ("phq-9", [None] * 9),
    ("gad-7", [3, 0, 0, 0, 0, 0, None]),
    ("gad-7", [1, 1, 1, 1, 1, None, None]),
    ("phq-2", [3, None]),
    ("pcl-5", [4] * 19 + [None]),
    ("asq", [0, 0, 0, 0, None]),
    ("asq", [0, 0, 0, None, None]),
    ("asq", [0, 0, 0, 1, None]),
    ("asq", [0, None, 0, 1, 0]),
    ("asq", [None, None, None, None, 1]),
]


@pytest.mark.mitigates("M-055")
@pytest.mark.parametrize("model", ["r4", "none"])
@pytest.mark.parametrize(("id", "values"), EDGES)
def test_blanks_at_each_edge_with_and_without_the_model_of_the_engine(
    id: str, values: list[int | None], model: str
) -> None:
    answers = dict(zip(instrument(id).by_link_id, values, strict=True))
    assert scored_by_itself(id, answers, model) == scored_by_us(id, answers)


@pytest.mark.parametrize("id", IDS)
def test_it_is_valid_r4b_and_so_is_a_response_that_we_read_back(id: str) -> None:
    used = instrument(id)
    Questionnaire.model_validate(questionnaire(used))
    highest: Answers = dict.fromkeys(used.by_link_id, used.highest)
    filled = response(id, highest)
    filled["item"].append({"linkId": used.total_link_id, "answer": [{"valueInteger": used.highest_total}]})
    filled["item"].append({"linkId": used.band_link_id, "answer": [{"valueString": "a word"}]})
    QuestionnaireResponse.model_validate(filled)
    assert read_response(filled) == (used, highest)


@pytest.mark.parametrize("id", IDS)
def test_it_says_what_it_is_word_for_word(id: str) -> None:
    used, printed = instrument(id), questionnaire(instrument(id))
    assert (printed["url"], printed["version"], printed["copyright"]) == (used.url, used.version, used.notice)
    items: list[dict[str, Any]] = printed["item"]  # type: ignore[assignment]
    asked = [item for item in items if item["linkId"] in used.by_link_id]
    assert [item["text"] for item in asked] == [item.text for item in used.items]
    for item in asked:
        options = [option["valueCoding"] for option in item["answerOption"]]
        assert [option["display"] for option in options] == [option.text for option in used.options]
        ordinals = [extension for option in options for extension in option["extension"]]
        assert [(one["url"], one["valueDecimal"]) for one in ordinals] == [
            (ORDINAL, one.value) for one in used.options
        ]


@pytest.mark.mitigates("M-054")
@pytest.mark.parametrize("id", IDS)
def test_the_wording_is_the_one_whose_hash_was_taken(id: str) -> None:
    used = instrument(id)
    always = tuple(item for item in used.items if not item.asked_if)
    assert wording_sha256(always) == used.items_sha256


def test_the_fifth_question_of_asq_is_unchanged_and_asked_after_any_yes() -> None:
    items: list[dict[str, Any]] = questionnaire(instrument("asq"))["item"]  # type: ignore[assignment]
    fifth = next(item for item in items if item["linkId"] == "asq.5")
    assert fifth["text"] == "Are you having thoughts of killing yourself right now?"
    assert fifth["enableBehavior"] == "any"
    waits = [(one["question"], one["answerCoding"]["code"]) for one in fifth["enableWhen"]]
    assert waits == [(f"asq.{number}", "1") for number in range(1, 5)]
    assert [item["linkId"] for item in items if "enableWhen" in item] == ["asq.5"]


@pytest.mark.parametrize("id", IDS)
def test_loinc_codes_stand_only_where_they_are_certain(id: str) -> None:
    used, printed = instrument(id), questionnaire(instrument(id))
    assert (used.loinc, used.loinc_total) == CERTAIN.get(id, ("", ""))
    assert [code["code"] for code in printed.get("code", [])] == [used.loinc] * bool(used.loinc)  # type: ignore[attr-defined]
    coded = {item["linkId"] for item in printed["item"] if "code" in item}  # type: ignore[attr-defined]
    if id in {"phq-9", "phq-2", "gad-7"}:
        assert coded >= set(used.by_link_id)
    else:
        assert coded == set()
        assert used.system == f"urn:kapstone:instrument:{id}"
