"""Reads an uploaded FHIR R4 Questionnaire into what can be asked and scored; says no in one sentence to the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kapstone.care.evaluation import BadJson, instruments, read_json
from kapstone.clinic.evaluation.licensed.calculating import (
    Expression,
    band_of,
    calculated_by,
    expressions_of,
    total_of,
)
from kapstone.clinic.evaluation.licensed.items import BadQuestionnaire, every_item, own_codes
from kapstone.clinic.evaluation.licensed.questions import Asked, asked_of, is_asked

MOST_CHARACTERS, MOST_ITEMS, MOST_OPTIONS = 400_000, 300, 3_000


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A questionnaire that can be asked and scored. `total` and `band` are link ids; no band is empty."""

    url: str
    version: str
    title: str
    notice: str
    document: Mapping[str, Any]
    asked: tuple[Asked, ...]
    expressions: tuple[Expression, ...]
    total: str
    band: str

    def named(self, name: str) -> str:
        """What an expression belongs to, in words."""
        variable = any(one.name == name and one.variable for one in self.expressions)
        return f"the variable {name}" if variable else f"item {name}"

    def filled(self, at: int | None) -> dict[str, Mapping[str, Any]]:
        """The first (0) or last (-1) answer of every question, or none at all."""
        whole = {"valueInteger": 0}
        return {} if at is None else {one.link_id: one.options[at][1] if one.options else whole for one in self.asked}

    def response(self, answers: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        """A QuestionnaireResponse with these answers, in the groups of the questionnaire."""
        items = _answered(self.document.get("item", []), answers)
        return {
            "resourceType": "QuestionnaireResponse",
            "questionnaire": f"{self.url}|{self.version}" if self.version else self.url,
            "status": "completed",
            "item": items,
        }


def read_questionnaire(text: str) -> Questionnaire:
    """The questionnaire that the text holds. BadQuestionnaire with one sentence for anything else."""
    if len(text) > MOST_CHARACTERS:
        raise BadQuestionnaire(f"The text has more than {MOST_CHARACTERS:,} characters; a questionnaire is shorter.")
    try:
        document = read_json(text)
    except BadJson as problem:
        raise BadQuestionnaire(f"This is not a questionnaire: {problem}") from None
    if not isinstance(document, dict) or document.get("resourceType") != "Questionnaire":
        raise BadQuestionnaire("This is not a FHIR Questionnaire; its resourceType must be “Questionnaire”.")
    items = list(every_item(document))
    _check_items(items)
    calculated = [(item, calculated_by(item)) for item in items if calculated_by(item)]
    return Questionnaire(
        url=_words(document, "url", 200, "the address that names it, which stays the same from version to version"),
        version=str(document.get("version", ""))[:80],
        title=_words(document, "title", 200, "its name"),
        notice=str(document.get("copyright", "")),
        document=document,
        asked=tuple(asked_of(item) for item in items if is_asked(item)),
        expressions=tuple(expressions_of(document, calculated)),
        total=total_of([item for item, _ in calculated]),
        band=band_of([item for item, _ in calculated]),
    )


def shipped_as(paper: Questionnaire) -> str:
    """The title of the questionnaire that ships and is asked here under another address; else empty.

    Ours raises a concern on a safety item and a copy would not, so the copy must not take its place.
    """
    named = {paper.url, *own_codes(paper.document)}
    asked = {code for item in every_item(paper.document) for code in (item["linkId"].lstrip("/"), *own_codes(item))}
    for each in instruments().values():
        safety = {each.by_link_id[link_id].loinc or link_id for link_id in each.safety_items}
        if named & {each.url, each.loinc or each.url} or asked & safety:
            return each.title
    return ""


def _check_items(items: list[dict[str, Any]]) -> None:
    if len(items) > MOST_ITEMS:
        raise BadQuestionnaire(f"The questionnaire has {len(items)} items; at most {MOST_ITEMS} are read.")
    ids = [item["linkId"] for item in items]
    for link_id in ids:
        if ids.count(link_id) > 1:
            raise BadQuestionnaire(f"The linkId {link_id} stands twice; each item needs its own.")
    if not any(is_asked(item) for item in items):
        raise BadQuestionnaire("The questionnaire asks nothing; give its items with their answers.")
    if sum(len(item.get("answerOption") or []) for item in items) > MOST_OPTIONS:
        raise BadQuestionnaire(f"The questionnaire has more than {MOST_OPTIONS} answers; fewer are read.")


def _answered(items: list[dict[str, Any]], answers: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for item in items:
        inner = _answered(item.get("item") or [], answers)
        given = answers.get(item["linkId"])
        if inner or given is not None:
            held: dict[str, Any] = {"answer": [dict(given)]} if given is not None else {}
            found.append({"linkId": item["linkId"], **held, **({"item": inner} if inner else {})})
    return found


def _words(document: Mapping[str, Any], name: str, most: int, what: str) -> str:
    value = document.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > most:
        raise BadQuestionnaire(f"The questionnaire has no {name} of at most {most} characters; give {what}.")
    return value.strip()
