"""Reads one answer of a FHIR response as points: an answer code, an ordinal value or a number."""

from .questionnaire import Instrument

ORDINAL = frozenset(
    {
        "http://hl7.org/fhir/StructureDefinition/ordinalValue",
        "http://hl7.org/fhir/StructureDefinition/itemWeight",
    }
)


class BadResponse(ValueError):
    """One sentence that names the item of a response and what would be right."""


def answer_of(instrument: Instrument, link_id: str, given: list[object]) -> int | None:
    """The points of one item's answer; None when not answered. BadResponse for more than one answer."""
    if len(given) > 1:
        raise BadResponse(f"Item {link_id} has {len(given)} answers; keep one.")
    if not given:
        return None
    answer = given[0]
    if not isinstance(answer, dict):
        raise BadResponse(f"Item {link_id} has an answer that is no object; give valueCoding or valueInteger.")
    values = {key: value for key, value in answer.items() if key.startswith("value")}
    if not values:
        return None
    if len(values) > 1:
        raise BadResponse(f"Item {link_id} has {' and '.join(values)} in one answer; keep one.")
    [(kind, value)] = values.items()
    if kind == "valueCoding":
        return _coded(instrument, link_id, answer, value)
    if kind in {"valueInteger", "valueDecimal"}:
        return _points(instrument, link_id, value)
    raise BadResponse(f"Item {link_id} is answered with {kind}; give valueCoding, valueInteger or valueDecimal.")


def _coded(instrument: Instrument, link_id: str, answer: dict[str, object], coding: object) -> int:
    if not isinstance(coding, dict):
        raise BadResponse(f"Item {link_id} has a valueCoding that is no object; give a code such as LA6568-5.")
    by_code = [option.value for option in instrument.options if option.code == coding.get("code")]
    weights = [_points(instrument, link_id, weight) for weight in _weights(coding) + _weights(answer)]
    points = set(by_code) | set(weights)
    if len(points) == 1:
        return points.pop()
    if points:
        raise BadResponse(f"Item {link_id} has a code and an ordinal value that disagree; keep the right one.")
    codes = ", ".join(f"{option.code} ({option.value})" for option in instrument.options)
    raise BadResponse(f"Item {link_id} has the answer code {coding.get('code')!r}; {instrument.title} takes {codes}.")


def _weights(holder: dict[str, object]) -> list[object]:
    extensions = holder.get("extension")
    if not isinstance(extensions, list):
        return []
    found = [each for each in extensions if isinstance(each, dict) and each.get("url") in ORDINAL]
    return [each.get("valueDecimal", each.get("valueInteger")) for each in found]


def _points(instrument: Instrument, link_id: str, value: object) -> int:
    """A whole number that the instrument offers; 2.0 is 2, and a truth value is no number."""
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value in range(instrument.highest + 1)
    if not whole:
        raise BadResponse(
            f"Item {link_id} has the value {value!r}; {instrument.title} takes a whole number from "
            f"0 to {instrument.highest}."
        )
    return int(str(value).split(".")[0])
