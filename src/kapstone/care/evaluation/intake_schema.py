"""The JSON Schema of an intake document, and a complete example, both made from the declared fields."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from .instruments import instrument
from .intake import TRIAL_KINDS, Ask, Kind, asks
from .intake_json import LONGEST_NAME, MOST_MG, MOST_ROWS, MOST_WEEKS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NULL = {"type": "null"}
MG: Mapping[str, object] = {"type": ["number", "null"], "minimum": 0, "maximum": MOST_MG}
YES_NO: Mapping[str, object] = {"type": ["boolean", "null"]}
# Python's and JSON Schema's blanks differ, so a name must hold one letter that is blank to neither.
NAME = {"type": "string", "minLength": 1, "pattern": "\\S"}


def intake_schema() -> dict[str, object]:
    """What read_intake takes, as far as a schema can say it; sums over several fields are left to the reader."""
    return {
        "$schema": DIALECT,
        "title": "Kapstone intake",
        "description": "Answers for one evaluation. A field that is absent or null was not answered: it is no “no”.",
        "type": "object",
        "properties": {name: _property(ask) for name, ask in asks().items()},
        "additionalProperties": False,
    }


def _property(ask: Ask) -> dict[str, object]:
    described: dict[str, object] = {"description": f"{ask.words} (asked of: {ask.who.value.replace('_', ' ')})"}
    return described | SHAPES[ask.kind](ask)


def _number(ask: Ask) -> dict[str, object]:
    return {"type": ["number", "null"], "minimum": ask.low, "maximum": ask.high, "$comment": ask.unit}


def _points(ask: Ask) -> dict[str, object]:
    phq9 = instrument("phq-9")
    item = {"type": ["integer", "null"], "minimum": 0, "maximum": phq9.highest}
    properties = dict.fromkeys(phq9.by_link_id, item)
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}


def _rows(key: str, **more: object) -> dict[str, object]:
    row = {
        "type": "object",
        "properties": {key: {**NAME, "maxLength": LONGEST_NAME}, "daily_mg": MG, **more},
        "required": [key],
        "additionalProperties": False,
    }
    return {"type": ["array", "null"], "maxItems": MOST_ROWS, "items": row}


def _trials(ask: Ask) -> dict[str, object]:
    return _rows(
        "drug",
        kind={"enum": [*TRIAL_KINDS, None]},
        weeks={"type": ["integer", "null"], "minimum": 0, "maximum": MOST_WEEKS},
        taken_as_prescribed=YES_NO,
        adequate_dose=YES_NO,
        response_percent={"type": ["integer", "null"], "minimum": -1000, "maximum": 100},
        stopped_for_side_effects=YES_NO,
    )


def _pressures(ask: Ask) -> dict[str, object]:
    pair = {
        "type": "array",
        "prefixItems": [
            {"type": "integer", "minimum": 21, "maximum": 300},
            {"type": "integer", "minimum": 20, "maximum": 299},
        ],
        "items": False,
        "minItems": 2,
        "$comment": "systolic, then diastolic, in mmHg; the first is the higher",
    }
    return {"type": ["array", "null"], "maxItems": MOST_ROWS, "items": pair}


SHAPES: Mapping[Kind, Callable[[Ask], dict[str, object]]] = {
    Kind.YES_NO: lambda ask: dict(YES_NO),
    Kind.DAY: lambda ask: {"type": ["string", "null"], "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    Kind.NUMBER: _number,
    Kind.CHOICE: lambda ask: {"enum": [*ask.options, None]},
    Kind.POINTS: _points,
    Kind.TRIALS: _trials,
    Kind.MEDICINES: lambda ask: _rows("name", checked=YES_NO),
    Kind.PRESSURES: _pressures,
}


def example_intake() -> dict[str, object]:
    """A complete document about an invented person to whom nothing stands in the way."""
    day, yes = "2026-03-02", set(GOOD)
    by_kind: dict[Kind, object] = {Kind.DAY: day, Kind.MEDICINES: [{"name": "sertraline", "daily_mg": 100}]}
    body = {
        name: by_kind.get(ask.kind, name in yes if ask.kind == Kind.YES_NO else None) for name, ask in asks().items()
    }
    return body | {name: _plain(value) for name, value in USUAL.items()}


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value


GOOD = (
    "diagnosis_confirmed",
    "oral_antidepressant",
    "consent_signed",
    "capacity_documented",
    "rems_enrolled",
    "site_rems_certified",
    "format_limit_signed",
    "prescriber_and_oximeter",
    "escort_confirmed",
    "transport_arranged",
    "diluted",
)
"""Questions to which yes is the answer that lets things go on."""

_FAILED = {
    "kind": "antidepressant",
    "weeks": 10,
    "taken_as_prescribed": True,
    "adequate_dose": None,
    "response_percent": 20,
    "stopped_for_side_effects": False,
}
USUAL: Mapping[str, object] = {
    "birth_date": "1980-05-04",
    "diagnosis": "mdd",
    "indication": "trd",
    "child_pugh": "none",
    "height_cm": 170,
    "weight_kg": 72,
    "phq9": dict.fromkeys([item.link_id for item in instrument("phq-9").items], 2) | {"/44260-8": 0},
    "madrs": 30,
    "audit": 2,
    "dast10": 0,
    "pcl5": 12,
    "gad7": 6,
    "trials": [
        {"drug": "sertraline", "daily_mg": 150, **_FAILED},
        {"drug": "venlafaxine", "daily_mg": 225, **_FAILED},
    ],
    "pressures": [[124, 80], [120, 76], [122, 78]],
    "qtc_ms": 418,
    "alt_uln": Decimal("0.6"),
    "ast_uln": Decimal("0.5"),
    "alp_uln": Decimal("0.7"),
    "ggt_uln": Decimal("0.5"),
    "bilirubin_uln": Decimal("0.6"),
    "systolic_mmhg": 122,
    "diastolic_mmhg": 78,
    "pulse_per_min": 70,
    "spo2_percent": 98,
    "spo2_usual_percent": 98,
    "breaths_per_min": 14,
    "nasal_spray_min": 10080,
    "food_min": 600,
    "drink_min": 180,
    "vial_mg_per_ml": 10,
}
