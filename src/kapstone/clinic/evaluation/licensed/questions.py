"""Reads the questions of an uploaded questionnaire, with the answers that each offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kapstone.clinic.evaluation.licensed.calculating import calculated_by
from kapstone.clinic.evaluation.licensed.items import BadQuestionnaire

ORDINAL = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
)
UNASKED = ("string", "text")
"""Free words are not asked for on our page: they are not part of a score."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its options as (words, answer), or none for a whole number."""

    link_id: str
    text: str
    options: tuple[tuple[str, Mapping[str, Any]], ...]
    condition: bool


def is_asked(item: Mapping[str, Any]) -> bool:
    """Whether an item is a question of ours: not shown only, not calculated, and no free words."""
    kept = item.get("type") not in ("group", "display", *UNASKED)
    return kept and not item.get("readOnly") and not calculated_by(item)


def asked_of(item: Mapping[str, Any]) -> Asked:
    """One question as it can be put on a page."""
    link_id, kind = item["linkId"], item.get("type")
    if item.get("repeats"):
        raise BadQuestionnaire(f"Item {link_id} may be answered several times; only one answer can be scored.")
    if kind == "boolean":
        options: list[tuple[str, Mapping[str, Any]]] = [
            ("No", {"valueBoolean": False}),
            ("Yes", {"valueBoolean": True}),
        ]
    elif kind == "choice":
        listed = item.get("answerOption")
        if not isinstance(listed, list) or not listed:
            raise BadQuestionnaire(f"Item {link_id} does not list its answers; give each as an answerOption.")
        options = [_option(link_id, each) for each in listed]
    elif kind == "integer":
        options = []
    else:
        raise BadQuestionnaire(
            f"Item {link_id} has the type “{kind}”; choice, boolean and integer can be asked here."
        )
    return Asked(link_id, str(item.get("text", link_id)), tuple(options), bool(item.get("enableWhen")))


def _option(link_id: str, option: object) -> tuple[str, Mapping[str, Any]]:
    coding = option.get("valueCoding") if isinstance(option, dict) else None
    if isinstance(option, dict) and isinstance(coding, dict) and isinstance(coding.get("code"), str):
        weights = [one for one in (coding.get("extension") or []) + (option.get("extension") or []) if _weighs(one)]
        kept = {key: coding[key] for key in ("system", "code", "display") if key in coding}
        held = {"extension": weights[:1]} if weights else {}
        return str(coding.get("display") or coding["code"]), {"valueCoding": kept | held}
    value = option.get("valueInteger") if isinstance(option, dict) else None
    if type(value) is int:
        return str(value), {"valueInteger": value}
    raise BadQuestionnaire(f"An answer of item {link_id} has neither a code nor a whole number; give a valueCoding.")


def _weighs(extension: object) -> bool:
    if not isinstance(extension, dict) or extension.get("url") not in ORDINAL:
        return False
    return isinstance(extension.get("valueDecimal"), int | float)
