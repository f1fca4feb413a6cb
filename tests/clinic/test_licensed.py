"""Questionnaires that a clinic uploads: who may, what is refused and in which words, versions, trying, scoring."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import cast
from tests.cast import MONDAY, House, Story

from kapstone.care.evaluation import instrument, questionnaire
from kapstone.care.quantities import Instant, minutes
from kapstone.clinic.config import clock
from kapstone.clinic.evaluation.licensed import actions, expressions, queries
from kapstone.clinic.evaluation.licensed.calculating import CALCULATED, VARIABLE
from kapstone.clinic.evaluation.licensed.expressions import tried
from kapstone.clinic.evaluation.licensed.items import BadQuestionnaire
from kapstone.clinic.evaluation.licensed.questions import ORDINAL
from kapstone.clinic.evaluation.models import LicensedQuestionnaire, Measure
from kapstone.clinic.ground.concerns.models import Concern
from kapstone.clinic.ground.people.doing import NotThere, Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed

URL = "https://example.org/Questionnaire/made-up-scale"
SUM = "%resource.item.item.answer.value.ordinal().aggregate($this + $total, 0)"
ALL = f"iif(%resource.item.item.answer.count() = 2, {SUM})"
LICENCE = "Given by the invented holder, for this clinic"


def expression(text: object, **more: Any) -> dict[str, Any]:
    """A calculatedExpression."""
    return {"url": CALCULATED, "valueExpression": {"language": "text/fhirpath", "expression": text, **more}}


def scale(text: object = ALL, **more: Any) -> dict[str, Any]:
    """An invented questionnaire of two questions with 0, 2 and 4 points, scored by this expression."""
    options = [
        {"valueCoding": {"code": code, "display": words, "extension": [{"url": ORDINAL[0], "valueDecimal": points}]}}
        for code, words, points in (("n", "Never", 0), ("s", "Some days", 2), ("a", "Always", 4))
    ]
    asked = [
        {"linkId": link_id, "text": words, "type": "choice", "answerOption": options}
        for link_id, words in (("one", "Are the leaves green?"), ("two", "Is the river wide?"))
    ]
    total = {"linkId": "total", "type": "integer", "readOnly": True, "extension": [expression(text)]}
    items = [{"linkId": "group", "type": "group", "item": asked}, total]
    return {"resourceType": "Questionnaire", "url": URL, "title": "Made-up scale", "item": items, **more}


def written(document: object) -> str:
    """As text."""
    return json.dumps(document)


@pytest.fixture
def elm(db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    """A clinic on Monday, a little later."""
    monkeypatch.setattr(clock, "now", lambda: Instant(MONDAY + minutes(30)))
    return cast._house("Elm Clinic", "elm", MONDAY)


@pytest.fixture
def story(elm: House) -> Story:
    """Somebody who was admitted."""
    return cast._admitted(elm, "ana")


def browser(elm: House, role: Role) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(elm.staff[role])
    return client


def uploaded(elm: House, document: object = None, at: int = 30) -> LicensedQuestionnaire:
    """The lead uploads it."""
    act = elm.act(Role.CLINIC_LEAD, Instant(MONDAY + minutes(at)))
    return actions.upload(act, tried(written(document or scale())), LICENCE)


REFUSED: list[tuple[object, str]] = [
    ([], "This is not a FHIR Questionnaire; its resourceType must be “Questionnaire”."),
    ({**scale(), "url": ""}, "The questionnaire has no url of at most 200 characters"),
    ({**scale(), "title": None}, "The questionnaire has no title"),
    ({**scale(), "item": []}, "The questionnaire asks nothing; give its items with their answers."),
    ({**scale(), "item": scale()["item"][:1]}, "has no calculatedExpression, so it cannot be scored"),
    (scale(""), "The expression of item total is missing; write one that gives the score."),
    (scale(None), "The expression of item total is missing"),
    (scale("1 +"), "The expression of item total does not parse: line 1, column 4"),
    (scale("1 2"), "does not parse: line 1, column 3: the expression ends before “2”."),
    (scale("nothing()"), "The expression of item total fails: Not implemented: nothing."),
    (scale("%unknown"), "The expression of item total fails: Attempting to access an undefined"),
    (scale("1.5"), "The expression of item total gives 1.5; it must give one whole number."),
    (scale("'four'"), "The expression of item total gives 'four'; it must give one whole number."),
    (scale("true"), "The expression of item total gives True; it must give one whole number."),
    (scale("%resource"), "The expression of item total gives no number; it must give one whole number."),
    (scale("1 | 2"), "The expression of item total gives several values; it must give one whole number."),
    (scale("{}"), "gives nothing when every item has its first answer; it must give one whole number."),
    (scale("now().toString().length()"), "reads the clock; a score must not depend on the day."),
    (scale("1" * 20_001), "The expression of item total has more than 20,000 characters; make it shorter."),
    (scale("(" * 4000 + "1" + ")" * 4000), "The expression of item total does not parse"),
    (
        {**scale(), "item": [{"linkId": "a", "type": "date"}, scale()["item"][1]]},
        "Item a has the type “date”; choice, boolean and integer can be asked here.",
    ),
    (
        {**scale(), "item": [{"linkId": "a", "type": "choice"}, scale()["item"][1]]},
        "Item a does not list its answers; give each as an answerOption.",
    ),
    (
        {**scale(), "item": [{"linkId": "a", "type": "integer", "repeats": True}, scale()["item"][1]]},
        "Item a may be answered several times; only one answer can be scored.",
    ),
    ({**scale(), "item": scale()["item"] * 2}, "The linkId group stands twice; each item needs its own."),
    ({**scale(), "item": [{"type": "group"}]}, "An item has no linkId; each item needs one."),
]


@pytest.mark.parametrize(("document", "says"), REFUSED)
def test_what_cannot_be_asked_or_scored_is_refused_in_one_sentence(document: object, says: str) -> None:
    with pytest.raises(BadQuestionnaire) as problem:
        tried(written(document))
    assert says in str(problem.value)


def test_another_language_two_totals_and_broken_json_are_refused() -> None:
    other = scale()
    other["item"][1]["extension"] = [expression("1", language="text/cql")]
    with pytest.raises(BadQuestionnaire, match="is not in text/fhirpath"):
        tried(written(other))
    two = scale()
    two["item"][1]["linkId"] = "a"
    two["item"].append({"linkId": "b", "type": "integer", "extension": [expression("1")]})
    with pytest.raises(BadQuestionnaire, match="2 items calculate a number; exactly one must"):
        tried(written(two))
    with pytest.raises(BadQuestionnaire, match="line 1, column 2 is not JSON"):
        tried("{")
    with pytest.raises(BadQuestionnaire, match="nested too deep"):
        tried("[" * 100_000)


@pytest.mark.parametrize(
    "hostile",
    [
        "('" + "a" * 60 + "!').matches('(a+)+$')",
        "2.power(2.power(40))",
        "%resource.repeat($this | descendants())",
        "('" + "ab" * 5000 + "').toChars().select($this & 'x').join('" + "y" * 5000 + "').length()",
    ],
)
def test_a_hostile_expression_ends_in_bounded_time(hostile: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expressions, "SECONDS", 4)
    with pytest.raises(BadQuestionnaire):
        tried(written(scale(f"iif({hostile} is Boolean, 1.5, 2.5)")))


def test_an_expression_sees_no_file_and_no_environment_and_prints_nothing_into_the_answer() -> None:
    assert tried(written(scale(f"({ALL}).trace('a name')"))).paper.total == "total"


@pytest.mark.parametrize("id", ["phq-9", "asq", "pcl-5"])
def test_what_we_print_ourselves_can_be_read_and_scored_back(id: str) -> None:
    paper = tried(written(questionnaire(instrument(id)))).paper
    [found] = expressions.scores(paper, [paper.response(paper.filled(-1))])
    assert found.total == instrument(id).highest_total
    assert found.band == (instrument(id).bands[-1].name if instrument(id).bands else "acute positive")


def test_variables_weights_and_the_questionnaire_itself_may_be_used() -> None:
    lookup = (
        "%questionnaire.item.item.where(linkId = 'two').answerOption.where(value.code = %later.code)"
        ".value.extension.value"
    )
    document = scale(f"%early.weight() + {lookup}")
    document["extension"] = [
        {"url": VARIABLE, "valueExpression": {"name": name, "language": "text/fhirpath", "expression": text}}
        for name, text in (
            ("early", "%resource.item.item.where(linkId = 'one').answer.value"),
            ("later", "%resource.item.item.where(linkId = 'two').answer.value"),
        )
    ]
    paper = tried(written(document)).paper
    [found] = expressions.scores(paper, [paper.response(paper.filled(-1))])
    assert found.total == 8


@pytest.mark.parametrize("role", [Role.PRESCRIBER, Role.NURSE, Role.THERAPIST, Role.FRONT_DESK, Role.ON_CALL])
def test_only_the_lead_and_the_director_upload_and_retire(elm: House, role: Role) -> None:
    act = elm.act(role, Instant(MONDAY + minutes(30)))
    with pytest.raises(NotAllowed):
        actions.upload(act, tried(written(scale())), LICENCE)
    version = uploaded(elm)
    with pytest.raises(NotAllowed):
        actions.retire(act, version.id, "no")


def test_the_same_address_again_makes_the_next_version_and_the_old_one_stays(elm: House, story: Story) -> None:
    first = uploaded(elm)
    nurse = elm.act(Role.NURSE, Instant(MONDAY + minutes(31)))
    option = tried(first.body).paper.filled(-1)
    kept = actions.keep_score(nurse, story.patient.id, queries.scored(nurse, first.id, option), "aloud", uuid4())
    second = uploaded(elm, scale(f"2 * {SUM}"), at=32)
    assert (first.version, second.version, first.instrument) == ("1", "2", second.instrument)
    [held] = queries.held(nurse)
    assert (held.in_use, [one.version for one in held.versions]) == (second, ["2", "1"])
    later = queries.scored(nurse, second.id, option)
    assert (kept.version, kept.total, later.score.total) == ("1", 8, 16)
    with pytest.raises(Refused, match="This version is no longer in use"):
        actions.keep_score(nurse, story.patient.id, queries.scored(nurse, first.id, option), "aloud", uuid4())
    assert [(title, row.version) for title, row in queries.kept_scores(nurse, story.patient)] == [
        ("Made-up scale", "1")
    ]


def test_the_same_text_again_and_what_ships_are_refused(elm: House) -> None:
    uploaded(elm)
    with pytest.raises(Refused, match="This is version 1 of Made-up scale, letter for letter"):
        uploaded(elm, at=31)
    with pytest.raises(Refused, match="PHQ-9 ships with Kapstone"):
        uploaded(elm, questionnaire(instrument("phq-9")), at=32)
    for copy in (
        {**questionnaire(instrument("phq-9")), "url": "https://example.org/another-phq-9"},
        {**questionnaire(instrument("phq-9")), "url": "https://example.org/another", "code": []},
    ):
        with pytest.raises(Refused, match="PHQ-9 ships with Kapstone, which watches its safety items"):
            uploaded(elm, copy, at=33)
    with pytest.raises(Refused, match="Write who gave you the licence"):
        actions.upload(elm.act(Role.CLINIC_LEAD, MONDAY), tried(written(scale(title="Another"))), " ")


def test_a_retired_version_is_not_handed_out_and_no_older_one_comes_back(elm: House, story: Story) -> None:
    uploaded(elm)
    second = uploaded(elm, scale(title="Made-up scale, revised"), at=31)
    lead = elm.act(Role.CLINIC_LEAD, Instant(MONDAY + minutes(32)))
    actions.retire(lead, second.id, "The licence has ended.")
    assert [one.in_use for one in queries.held(lead)] == [None]
    nurse = elm.act(Role.NURSE, Instant(MONDAY + minutes(33)))
    option = tried(second.body).paper.filled(0)
    with pytest.raises(Refused, match="no longer in use"):
        actions.keep_score(nurse, story.patient.id, queries.scored(nurse, second.id, option), "paper", uuid4())
    with pytest.raises(Refused, match="already retired"):
        actions.retire(lead, second.id, "again")


def test_another_clinic_sees_nothing_of_it(elm: House) -> None:
    version = uploaded(elm)
    oak = cast._house("Oak Clinic", "oak", Instant(MONDAY + minutes(1)))
    act = oak.act(Role.CLINIC_LEAD, Instant(MONDAY + minutes(40)))
    assert queries.held(act) == []
    with pytest.raises(NotThere):
        queries.version_of(act, version.id)


def test_a_refused_file_is_shown_as_text_with_its_sentence_and_the_licence_stays(elm: House) -> None:
    client = browser(elm, Role.CLINIC_LEAD)
    file = SimpleUploadedFile("q.json", written(scale("1 +")).encode(), "application/json")
    page = client.post("/questionnaires/add/", {"file": file, "licence": LICENCE}).content.decode()
    assert "does not parse" in page
    assert "Are the leaves green?" in page
    assert LICENCE in page
    assert not LicensedQuestionnaire.objects.exists()


@pytest.mark.parametrize(
    ("body", "says"),
    [(b"\xff\xfe\x00", "not UTF-8 text"), (b" " * 2_000_000, "The file is too large"), (b"", "Choose a file")],
)
def test_a_file_that_is_no_text_says_so(elm: House, body: bytes, says: str) -> None:
    file = SimpleUploadedFile("q.json", body, "application/json")
    sent = {"file": file, "licence": LICENCE, "text": ""}
    page = browser(elm, Role.CLINIC_LEAD).post("/questionnaires/add/", sent).content.decode()
    assert says in page
    assert LICENCE in page


def test_from_upload_to_a_score_of_a_patient(elm: House, story: Story) -> None:
    lead, nurse = browser(elm, Role.CLINIC_LEAD), browser(elm, Role.NURSE)
    assert "Upload a questionnaire" in lead.get("/questionnaires/").content.decode()
    assert "Upload a questionnaire" not in nurse.get("/questionnaires/").content.decode()
    made = lead.post("/questionnaires/add/", {"text": written(scale()), "licence": LICENCE})
    version = LicensedQuestionnaire.objects.get()
    assert made.url == f"/questionnaires/{version.id}/"  # type: ignore[attr-defined]
    assert "Total: 6" in lead.post(made.url, {"q1": "1", "q2": "2"}).content.decode()  # type: ignore[attr-defined]
    page = lead.post(made.url, {"q1": "1"}).content.decode()  # type: ignore[attr-defined]
    assert "No total" in page
    assert "1 question left out" in page
    assert not Measure.objects.exists()
    address = f"/patients/{story.patient.id}/questionnaires/{version.id}/"
    page = nurse.get(address).content.decode()
    assert "No answer here raises a concern" in page
    assert story.patient.name in page
    kept = {"q1": "2", "q2": "1", "mode": "rated", "once": str(uuid4())}
    assert "Choose how the answers came." in nurse.post(address, kept | {"mode": ""}).content.decode()
    for _ in range(2):
        assert nurse.post(address, kept).status_code == 302
    measure = Measure.objects.get()
    assert (measure.total, measure.version, measure.answers) == (6, "1", {"one": 4, "two": 2})
    assert (measure.mode, measure.prorated, measure.by) == ("rated", False, elm.staff[Role.NURSE])
    assert "Made-up scale, version 1" in nurse.get(f"/patients/{story.patient.id}/questionnaires/").content.decode()
    assert not Concern.objects.exists()


def test_the_page_names_what_a_clinic_must_bring(elm: House) -> None:
    page = browser(elm, Role.CLINIC_LEAD).get("/questionnaires/").content.decode()
    for name in ("MADRS", "QIDS-SR16", "C-SSRS", "PHQ-9", "not validated", "No permission required"):
        assert name in page


def test_the_command_scores_by_another_ones_expression(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from kapstone.cli.main import main

    paper = tried(written(scale())).paper
    (tmp_path / "q.json").write_text(written(scale()))
    (tmp_path / "r.json").write_text(written(paper.response(paper.filled(-1))))
    (tmp_path / "bad.json").write_text(written(scale("1 +")))
    (tmp_path / "other.json").write_text(written({**paper.response({}), "questionnaire": "https://other.org/q"}))
    where = [str(tmp_path / name) for name in ("r.json", "q.json", "bad.json", "other.json")]
    assert main(["score", where[0], "--questionnaire", where[1], "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["instrument"], found["total"], found["complete"], found["flags"]) == (URL, 8, True, [])
    assert found["items"] == {"one": 4, "two": 4}
    assert "no flag is raised" in found["notes"][0]
    assert main(["score", where[0], "--questionnaire", where[2]]) == 2
    assert "bad.json: The expression of item total does not parse" in capsys.readouterr().err
    assert main(["score", where[3], "--questionnaire", where[1]]) == 2
    assert "The response answers https://other.org/q" in capsys.readouterr().err
