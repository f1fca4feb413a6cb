"""Reads a response to an uploaded questionnaire, and what is kept of each answer."""

import copy
from collections.abc import Mapping
from typing import Any

from kapstone.clinic.evaluation.licensed.items import BadQuestionnaire, every_item, own_codes
from kapstone.clinic.evaluation.licensed.reading import Questionnaire


def with_points(paper: Questionnaire, response: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a response in which every coded answer carries its points, for `ordinal()` and `weight()`."""
    copied: dict[str, Any] = copy.deepcopy(dict(response))
    options = {one.link_id: [given for _, given in one.options] for one in paper.asked}
    for item in every_item(copied):
        for answer in item.get("answer") or []:
            coding = answer.get("valueCoding") if isinstance(answer, dict) else None
            for known in options.get(str(item["linkId"]), []):
                own = known.get("valueCoding", {})
                if isinstance(coding, dict) and own.get("code") == coding.get("code") and "extension" in own:
                    coding["extension"] = own["extension"]
    return copied


def answers_of(paper: Questionnaire, response: object) -> dict[str, object]:
    """What a response answers, by link id; None for a question without an answer. BadQuestionnaire for a response to
    another questionnaire, an item that is not asked here, or more than one answer."""
    if not isinstance(response, dict) or response.get("resourceType") != "QuestionnaireResponse":
        raise BadQuestionnaire("This is not a response; its resourceType must be “QuestionnaireResponse”.")
    named = str(response.get("questionnaire") or paper.url).partition("|")[0]
    if named != paper.url and not _names(paper.document, named):
        raise BadQuestionnaire(f"The response answers {named}, not {paper.url}; give the questionnaire it answers.")
    if response.get("status") == "entered-in-error":
        raise BadQuestionnaire("status is “entered-in-error”; give a response that stands.")
    known = {item["linkId"] for item in every_item(paper.document)}
    found: dict[str, object] = {one.link_id: None for one in paper.asked}
    for item in every_item(with_points(paper, response)):
        link_id, given = item["linkId"], item.get("answer") or []
        if link_id not in known:
            raise BadQuestionnaire(f"Item “{link_id}” is not one of {paper.title}.")
        if link_id in found and given:
            if len(given) > 1 or found[link_id] is not None or not isinstance(given[0], dict):
                raise BadQuestionnaire(f"Item {link_id} is not answered once; keep one answer.")
            found[link_id] = points_of(given[0])
    return found


def points_of(answer: Mapping[str, Any]) -> object:
    """What is kept of an answer: its points where it has some, else its code, number or truth."""
    for kind, value in answer.items():
        if kind == "valueCoding":
            weights = [one["valueDecimal"] for one in value.get("extension", [])]
            return weights[0] if weights else value.get("code", "")
        return int(value) if isinstance(value, bool) else value
    return None


def _names(document: Mapping[str, Any], canonical: str) -> bool:
    """Whether an address written in another way names this questionnaire: by its id, or by its own code."""
    return canonical.rstrip("/").rpartition("/")[2] in {str(document.get("id") or ""), *own_codes(document)} - {""}
