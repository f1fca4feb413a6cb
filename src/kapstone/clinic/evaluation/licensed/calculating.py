"""Finds the expressions of an uploaded questionnaire and which of them gives the score."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kapstone.clinic.evaluation.licensed.items import BadQuestionnaire, extensions

CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
VARIABLE = "http://hl7.org/fhir/StructureDefinition/variable"
MOST_EXPRESSIONS, LONGEST_EXPRESSION = 60, 20_000
CLOCK = re.compile(r"\b(now|today|timeOfDay)\s*\(")


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression: of a variable, or of the item whose link id is its name."""

    name: str
    text: str
    variable: bool


def calculated_by(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The expressions that calculate this item."""
    return extensions(item, CALCULATED)


def expressions_of(
    document: Mapping[str, Any], calculated: list[tuple[dict[str, Any], list[dict[str, Any]]]]
) -> Iterator[Expression]:
    """Variables of the questionnaire in their order, then those of each calculated item with what it calculates."""
    found = [Expression(*_variable(one), variable=True) for one in extensions(document, VARIABLE)]
    for item, expressions in calculated:
        found += [Expression(*_variable(one), variable=True) for one in extensions(item, VARIABLE)]
        found += [Expression(item["linkId"], _text(f"item {item['linkId']}", one), False) for one in expressions[:1]]
    if len(found) > MOST_EXPRESSIONS:
        raise BadQuestionnaire(
            f"The questionnaire has {len(found)} expressions; at most {MOST_EXPRESSIONS} are read."
        )
    yield from found


def total_of(calculated: list[dict[str, Any]]) -> str:
    """The link id of the score: the one item that calculates a number, or the one of them that ends in “total”."""
    if not calculated:
        raise BadQuestionnaire(
            "The questionnaire has no calculatedExpression, so it cannot be scored; add one to the item of the total."
        )
    numbers = [item["linkId"] for item in calculated if item.get("type") in ("integer", "decimal")]
    found = numbers if len(numbers) == 1 else [one for one in numbers if one.lower().endswith("total")]
    if len(found) != 1:
        raise BadQuestionnaire(
            f"{len(numbers)} items calculate a number; exactly one must, or have a linkId that ends in “total”."
        )
    return str(found[0])


def band_of(calculated: list[dict[str, Any]]) -> str:
    """The link id of the words for the score, where just one item calculates words."""
    words = [item["linkId"] for item in calculated if item.get("type") == "string"]
    return words[0] if len(words) == 1 else ""


def _variable(one: Mapping[str, Any]) -> tuple[str, str]:
    name = one.get("name")
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z_]\w{0,60}", name):
        raise BadQuestionnaire("A variable has no name of plain letters; give each variable one.")
    return name, _text(f"the variable {name}", one)


def _text(named: str, one: Mapping[str, Any]) -> str:
    expression = one.get("expression")
    if one.get("language") != "text/fhirpath":
        raise BadQuestionnaire(f"The expression of {named} is not in text/fhirpath; only FHIRPath is evaluated.")
    if not isinstance(expression, str) or not expression.strip():
        raise BadQuestionnaire(f"The expression of {named} is missing; write one that gives the score.")
    if len(expression) > LONGEST_EXPRESSION:
        raise BadQuestionnaire(
            f"The expression of {named} has more than {LONGEST_EXPRESSION:,} characters; make it shorter."
        )
    if CLOCK.search(expression):
        raise BadQuestionnaire(f"The expression of {named} reads the clock; a score must not depend on the day.")
    return expression
