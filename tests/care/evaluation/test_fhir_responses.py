"""Reading answers out of FHIR responses: every way in that is accepted, and every refusal by name."""

from typing import Any

import pytest

from kapstone.care.evaluation import BadResponse, instrument, read_response

PHQ9 = [item.loinc for item in instrument("phq-9").items]
GAD7 = [item.loinc for item in instrument("gad-7").items]
CODES = ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"]
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def coded(link_id: str, points: int) -> dict[str, Any]:
    answer = {"valueCoding": {"system": "http://loinc.org", "code": CODES[points]}}
    return {"linkId": link_id, "answer": [answer]}


def response(items: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": items, **more}


def test_a_response_as_the_public_example_writes_it() -> None:
    items = [coded(f"/{code}", number % 4) for number, code in enumerate(PHQ9)]
    items.append({"linkId": "/69722-7", "answer": [{"valueCoding": {"code": "LA6572-7"}}]})
    items.append({"linkId": "/44261-6", "answer": [{"valueDecimal": 12}]})
    found, answers = read_response(response(items))
    assert found.id == "phq-9"
    assert list(answers.values()) == [0, 1, 2, 3, 0, 1, 2, 3, 0]


@pytest.mark.parametrize("canonical", [None, "http://loinc.org/q/69737-5", "https://x.org/Questionnaire/gad-7|1"])
def test_nested_items_without_slash_and_our_own_ids(canonical: str | None) -> None:
    inner = [coded(GAD7[0], 1), coded("gad-7.2", 2), coded(f"/69737-5/{GAD7[2]}", 3)]
    more = {} if canonical is None else {"questionnaire": canonical}
    found, answers = read_response(response([{"linkId": "group", "item": inner}], **more))
    assert found.id == "gad-7"
    assert list(answers.values()) == [1, 2, 3, None, None, None, None]


@pytest.mark.parametrize(
    "answer",
    [
        {"valueInteger": 2},
        {"valueDecimal": 2.0},
        {"valueCoding": {"code": "LA6570-1"}},
        {"valueCoding": {"code": "two", "extension": [{"url": ORDINAL, "valueDecimal": 2}]}},
        {
            "valueCoding": {"code": "two"},
            "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/itemWeight", "valueDecimal": 2}],
        },
    ],
)
def test_the_ways_to_give_points(answer: dict[str, Any]) -> None:
    _, answers = read_response(response([{"linkId": "/44250-9", "answer": [answer]}]))
    assert answers["/44250-9"] == 2


@pytest.mark.parametrize("answer", [[], [{}], [{"extension": [{"url": "absent"}]}]])
def test_no_answer_is_none(answer: list[Any]) -> None:
    _, answers = read_response(response([{"linkId": "/44250-9", "answer": answer}]))
    assert answers["/44250-9"] is None


NAN = float("nan")


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([{"valueInteger": 4}], "Item /44250-9 has the value 4; PHQ-9 takes a whole number from 0 to 3"),
        ([{"valueInteger": -1}], "value -1"),
        ([{"valueInteger": True}], "value True"),
        ([{"valueDecimal": NAN}], "value nan"),
        ([{"valueDecimal": 1.5}], "value 1.5"),
        ([{"valueInteger": 1}, {"valueInteger": 2}], "has 2 answers; keep one"),
        ([{"valueInteger": 1, "valueDecimal": 1}], "in one answer; keep one"),
        ([{"valueString": "often"}], "answered with valueString"),
        ([{"valueCoding": {"code": "LA9999-9"}}], "LA6568-5 (0)"),
        ([{"valueCoding": "LA6568-5"}], "no object"),
        ([{"valueCoding": {"code": "LA6568-5", "extension": [{"url": ORDINAL, "valueDecimal": 3}]}}], "disagree"),
        (["LA6568-5"], "no object"),
        ("LA6568-5", "is not a list"),
    ],
)
def test_a_bad_answer_is_refused_by_item(answers: Any, says: str) -> None:
    with pytest.raises(BadResponse) as problem:
        read_response(response([{"linkId": "/44250-9", "answer": answers}]))
    assert says in str(problem.value)
    assert "44250-9" in str(problem.value)


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"resourceType": "Patient"}, "resourceType is 'Patient'"),
        ([], "must be “QuestionnaireResponse”"),
        (response([], questionnaire=3), "questionnaire is not text"),
        (response([coded("/44250-9", 1)], status="entered-in-error"), "entered-in-error"),
        (response([]), "Neither questionnaire nor any linkId"),
        (response([coded("/99999-9", 1)]), "Neither questionnaire nor any linkId"),
        (response([coded("/44250-9", 1), coded("/69725-0", 1)]), "more than one instrument"),
        (response([coded("/44250-9", 1), coded("/99999-9", 1)]), "“/99999-9” is not one of PHQ-9"),
        (response([coded("/44250-9", 1), coded("44250-9", 1)]), "Item 44250-9 is answered twice"),
        (response([{"answer": []}]), "without a linkId"),
        (response("none"), "is not a list"),  # type: ignore[arg-type]
    ],
)
def test_a_bad_response_is_refused(document: Any, says: str) -> None:
    with pytest.raises(BadResponse) as problem:
        read_response(document)
    assert says in str(problem.value)
