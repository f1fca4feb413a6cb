"""Walks the items of an uploaded questionnaire or of a response to it, at any depth."""

from collections.abc import Iterator, Mapping
from typing import Any


class BadQuestionnaire(ValueError):
    """One sentence that names what is wrong with a questionnaire or a response to it."""


def every_item(node: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every item at any depth, also below an answer, in order."""
    listed = node.get("item") or []
    if not isinstance(listed, list):
        raise BadQuestionnaire("An “item” is not a list; FHIR writes it as a list.")
    for item in listed:
        if not isinstance(item, dict) or not isinstance(item.get("linkId"), str) or not item["linkId"]:
            raise BadQuestionnaire("An item has no linkId; each item needs one.")
        yield item
        yield from every_item(item)
        answers = item.get("answer") or []
        if not isinstance(answers, list):
            raise BadQuestionnaire(
                f"The answers of item {item['linkId']} are not a list; FHIR writes them as a list."
            )
        for answer in answers:
            if isinstance(answer, dict):
                yield from every_item(answer)


def own_codes(node: Mapping[str, Any]) -> list[str]:
    """The codes that a node bears itself."""
    listed = node.get("code") or []
    return [str(one.get("code")) for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def extensions(node: Mapping[str, Any], url: str) -> list[dict[str, Any]]:
    """The expressions that stand in a node's extensions of this kind."""
    listed = node.get("extension") or []
    found = (
        [one for one in listed if isinstance(one, dict) and one.get("url") == url] if isinstance(listed, list) else []
    )
    return [one["valueExpression"] for one in found if isinstance(one.get("valueExpression"), dict)]
