"""One person who fits, from whom each test departs by what it is about."""

from datetime import date
from typing import Any

from kapstone.care.evaluation import Intake, Trial, instrument

ITEMS = tuple(item.link_id for item in instrument("phq-9").items)


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
        "adequate_dose": True,
        "response_percent": 20,
        "stopped_for_side_effects": False,
    }
    return Trial(**(usual | changes))


NO = [
    "psychosis_current",
    "mania_current",
    "aneurysm_or_avm",
    "intracerebral_haemorrhage",
    "hypersensitivity",
    "heart_event_12_months",
    "raised_icp",
    "hypertension_uncontrolled",
    "pregnant",
    "breastfeeding",
    "could_become_pregnant",
    "substance_use_disorder_active",
    "ketamine_misuse",
    "opioid_use_disorder",
    "bladder_symptoms",
    "theophylline",
    "benzodiazepine",
    "maoi",
    "stimulant",
    "glp1_agonist",
    "dementia_or_delirium",
    "asq_acute",
    "clinician_urgent_flag",
]
YES = ["diagnosis_confirmed", "rems_enrolled", "site_rems_certified", "consent_signed", "capacity_documented"]


def someone(**changes: Any) -> Intake:
    """A person to whom nothing stands in the way."""
    usual: dict[str, Any] = {
        **dict.fromkeys(NO, False),
        **dict.fromkeys(YES, True),
        "birth_date": date(1980, 5, 4),
        "evaluated_on": date(2026, 3, 2),
        "diagnosis": "mdd",
        "phq9": phq9(18),
        "trials": (failed(), failed(drug="venlafaxine")),
        "last_pregnancy_test": date(2026, 3, 1),
    }
    return Intake(**(usual | changes))
