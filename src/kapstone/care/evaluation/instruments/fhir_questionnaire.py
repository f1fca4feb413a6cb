"""Prints an instrument as a FHIR R4 Questionnaire that scores itself by its own expressions.

The expressions are plain FHIRPath on `%resource`, the QuestionnaireResponse, whose items lie flat as in the
Questionnaire. They use no variables and neither `ordinal()` nor `weight()`. They do not say safety flags, notes, and
the clusters of PCL-5. A LOINC code stands only where we hold one that is certain; other codes are our own.
"""

from . import _fhirpath as fhirpath
from .questionnaire import LOINC, Instrument, Item, Option

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"

Json = dict[str, object]


def questionnaire(instrument: Instrument) -> Json:
    """The instrument as a FHIR R4 Questionnaire, as JSON writes it."""
    items = [_stem(instrument)] if instrument.stem else []
    items += [_question(instrument, item) for item in instrument.items]
    items += [_difficulty(instrument)] if instrument.difficulty else []
    items += [_total(instrument)]
    items += [_band(instrument)] if fhirpath.band(instrument) else []
    return {
        "resourceType": "Questionnaire",
        "id": instrument.id,
        "url": instrument.url,
        "version": instrument.version,
        "name": "".join(part.capitalize() for part in instrument.id.split("-")),
        "title": instrument.title,
        "status": "active",
        "subjectType": ["Patient"],
        "description": f"Looks back on: {instrument.recall}. {instrument.missing_rule}",
        "copyright": instrument.notice,
        **_code(instrument.loinc, instrument.title),
        "item": items,
    }


def _stem(instrument: Instrument) -> Json:
    return {"linkId": f"{instrument.id}.stem", "text": instrument.stem, "type": "display"}


def _question(instrument: Instrument, item: Item) -> Json:
    found: Json = {
        "linkId": item.link_id,
        **_code(item.loinc, item.text),
        "text": item.text,
        "type": "choice",
        "required": False,
        "answerOption": [{"valueCoding": _coding(instrument, option)} for option in instrument.options],
    }
    if item.asked_if:
        found["enableWhen"] = [
            {"question": link_id, "operator": "=", "answerCoding": {"system": instrument.system, "code": option.code}}
            for link_id in item.asked_if
            for option in instrument.options
            if option.value > 0
        ]
        found["enableBehavior"] = "any"
    return found


def _coding(instrument: Instrument, option: Option) -> Json:
    return {
        "extension": [{"url": ORDINAL, "valueDecimal": option.value}],
        "system": instrument.system,
        "code": option.code,
        "display": option.text,
    }


def _difficulty(instrument: Instrument) -> Json:
    asked = instrument.difficulty
    assert asked is not None
    # Its answer codes are our own: those of LOINC are not among the ones that are certain.
    system = f"urn:kapstone:instrument:{instrument.id}:difficulty"
    options = enumerate(asked.answers)
    return {
        "linkId": asked.link_id,
        **_code(asked.link_id.lstrip("/"), asked.text),
        "text": asked.text,
        "type": "choice",
        "required": False,
        "answerOption": [
            {"valueCoding": {"system": system, "code": str(number), "display": words}} for number, words in options
        ],
    }


def _total(instrument: Instrument) -> Json:
    return {
        "extension": [_expression("The total; empty where it cannot honestly be given.", fhirpath.total(instrument))],
        "linkId": instrument.total_link_id,
        **_code(instrument.loinc_total, instrument.total_words),
        "text": instrument.total_words,
        "type": "integer",
        "readOnly": True,
    }


def _band(instrument: Instrument) -> Json:
    return {
        "extension": [_expression("What the answers amount to.", fhirpath.band(instrument))],
        "linkId": instrument.band_link_id,
        "text": "Outcome" if instrument.outcome else "Band",
        "type": "string",
        "readOnly": True,
    }


def _expression(what: str, expression: str) -> Json:
    return {
        "url": CALCULATED,
        "valueExpression": {"description": what, "language": "text/fhirpath", "expression": expression},
    }


def _code(loinc: str, display: str) -> Json:
    return {"code": [{"system": LOINC, "code": loinc, "display": display}]} if loinc else {}
