"""One person who fits, from whom each test departs by what it is about."""

from datetime import date
from decimal import Decimal
from typing import Any

from kapstone.care.evaluation import Intake, Kind, Trial, asks, instrument

ITEMS = tuple(item.link_id for item in instrument("phq-9").items)
ABOUT_BLANKS = {"E67A", "E67B", "E67C"}
"""Rules of suicidality told, not asked, or known: E67B is about the blank itself, so an answer can take it away."""


def phq9(total: int, item_9: int | None = 0) -> dict[str, int | None]:
    """Answers that add up to a total, item 9 as given."""
    answers: dict[str, int | None] = dict.fromkeys(ITEMS, 0)
    answers[ITEMS[8]] = item_9
    left = total - (item_9 or 0)
    for link_id in ITEMS[:8]:
        answers[link_id] = min(3, left)
        left -= min(3, left)
    assert left == 0
    return answers


def failed(**changes: Any) -> Trial:
    """A trial that failed."""
    usual: dict[str, Any] = {
        "drug": "sertraline",
        "weeks": 8,
        "taken_as_prescribed": True,
        "adequate_dose": True,
        "response_percent": 20,
        "stopped_for_side_effects": False,
    }
    return Trial(**(usual | changes))


YES = [
    "diagnosis_confirmed",
    "oral_antidepressant",
    "rems_enrolled",
    "site_rems_certified",
    "consent_signed",
    "capacity_documented",
    "format_limit_signed",
    "prescriber_and_oximeter",
    "escort_confirmed",
    "diluted",
]
NO = [name for name, ask in asks().items() if ask.kind == Kind.YES_NO and name not in YES]
NUMBERS = {
    "height_cm": 170,
    "weight_kg": 70,
    "madrs": 30,
    "audit": 2,
    "dast10": 0,
    "pcl5": 12,
    "gad7": 6,
    "qtc_ms": 420,
    "alt_uln": Decimal("0.5"),
    "ast_uln": Decimal("0.5"),
    "alp_uln": Decimal("0.5"),
    "ggt_uln": Decimal("0.5"),
    "bilirubin_uln": Decimal("0.5"),
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


def someone(**changes: Any) -> Intake:
    """A person to whom nothing stands in the way."""
    usual: dict[str, Any] = {
        **dict.fromkeys(NO, False),
        **dict.fromkeys(YES, True),
        **{name: Decimal(value) for name, value in NUMBERS.items()},
        **{name: date(2026, 3, 1) for name, ask in asks().items() if ask.kind == Kind.DAY},
        "birth_date": date(1980, 5, 4),
        "evaluated_on": date(2026, 3, 2),
        "diagnosis": "mdd",
        "phq9": phq9(18),
        "trials": (failed(), failed(drug="venlafaxine")),
        "indication": "trd",
        "child_pugh": "none",
        "medicines": (),
        "pressures": ((124, 80), (120, 76), (122, 78)),
    }
    return Intake(**(usual | changes))
