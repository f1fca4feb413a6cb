"""Rules that count trials: what fires, what just does not, what leaves it open, what is asked."""

from decimal import Decimal
from typing import Any

from tests.spec.evaluation.people import failed

ONE, OTHER = failed(), "venlafaxine"
TWO = failed(drug=OTHER)
Case = tuple[str, str, dict[str, Any], dict[str, Any], dict[str, Any], tuple[str, ...]]


def second(rule: str, severity: str, fires: dict[str, Any], quiet: dict[str, Any], open_: dict[str, Any]) -> Case:
    """One trial failed; all hangs on the second."""
    each = [{"trials": (ONE, failed(drug=OTHER, **changes))} for changes in (fires, quiet, open_)]
    return (rule, severity, each[0], each[1], each[2], ("trials",))


BY_TABLE = {"adequate_dose": None}
TRIALS: list[Case] = [
    ("E03", "block", {"trials": (ONE,)}, {}, {"trials": None}, ("trials",)),
    (
        "E03",
        "block",
        {"trials": ()},
        {"trials": (), "diagnosis": "other"},
        {"trials": (), "diagnosis": None},
        ("diagnosis",),
    ),
    (
        "E03",
        "block",
        {"trials": ()},
        {"trials": (), "indication": "mdsi"},
        {"trials": (), "indication": None},
        ("indication",),
    ),
    second("E04", "review", {"weeks": 5}, {"weeks": 6}, {"weeks": None}),
    second("E04", "review", {"response_percent": 50}, {"response_percent": 49}, {"response_percent": None}),
    second("E04", "review", {"adequate_dose": False}, {}, BY_TABLE | {"daily_mg": None}),
    second("E04", "review", BY_TABLE | {"daily_mg": Decimal(149)}, BY_TABLE | {"daily_mg": Decimal(150)}, BY_TABLE),
    second("E04", "review", {"stopped_for_side_effects": True}, {}, {"stopped_for_side_effects": None}),
    second("E04", "review", {"taken_as_prescribed": False}, {}, {"taken_as_prescribed": None}),
    ("E04", "review", {"trials": (ONE, failed(weeks=20))}, {}, {"trials": None}, ("trials",)),
    (
        "E04",
        "review",
        {"trials": (ONE, failed(drug="lithium", kind="augmentation"))},
        {},
        {"trials": None},
        ("trials",),
    ),
    ("E04", "review", {"trials": (ONE, failed(drug="ECT", kind="ect"))}, {}, {"trials": None}, ("trials",)),
    second("A15", "info", {"response_percent": 26}, {"response_percent": 25}, {"response_percent": None}),
]
"""A clinician's word on a dose counts; without it the table of minimum effective doses decides."""
