"""Rules with a limit, a release or two questions: what fires, what just does not, what leaves it open."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.spec.evaluation.people import phq9

Case = tuple[str, str, dict[str, Any], dict[str, Any], dict[str, Any], tuple[str, ...]]
BORN_1955, BORN_1965 = {"birth_date": date(1955, 3, 2)}, {"birth_date": date(1965, 3, 2)}
EVENT, MISUSE, MDSI = {"heart_event_12_months": True}, {"ketamine_misuse": True}, {"indication": "mdsi"}
LONG_AGO = date(2020, 1, 1)
HEART = {"heart_failure": True}


def number(rule: str, severity: str, field: str, fires: object, quiet: object, **beside: Any) -> Case:
    """A rule on one number; unanswered, it is asked."""
    value = lambda one: Decimal(str(one))  # noqa: E731
    return (
        rule,
        severity,
        beside | {field: value(fires)},
        beside | {field: value(quiet)},
        beside | {field: None},
        (field,),
    )


def day(rule: str, severity: str, field: str, fires: date, quiet: date, **beside: Any) -> Case:
    """A rule on how long ago something was done; never done, it is asked."""
    return (rule, severity, beside | {field: fires}, beside | {field: quiet}, beside | {field: None}, (field,))


# People of the table are evaluated on 2 March 2026.
NUMBERS: list[Case] = [
    (
        "E05",
        "block",
        MDSI | {"oral_antidepressant": False},
        MDSI,
        MDSI | {"oral_antidepressant": None},
        ("oral_antidepressant",),
    ),
    (
        "E05",
        "block",
        MDSI | {"oral_antidepressant": False},
        {"oral_antidepressant": False},
        {"oral_antidepressant": False, "indication": None},
        ("indication",),
    ),
    (
        "E06",
        "review",
        {"phq9": phq9(9), "madrs": Decimal(19)},
        {"phq9": phq9(10), "madrs": Decimal(19)},
        {"phq9": phq9(9, None), "madrs": Decimal(19)},
        ("phq9",),
    ),
    (
        "E06",
        "review",
        {"phq9": phq9(9), "madrs": Decimal(19)},
        {"phq9": phq9(9), "madrs": Decimal(20)},
        {"phq9": phq9(9), "madrs": None},
        ("madrs",),
    ),
    (
        "E06",
        "review",
        {"phq9": phq9(6, None), "madrs": Decimal(19)},
        {"phq9": phq9(18), "madrs": None},
        {"phq9": {}, "madrs": Decimal(19)},
        ("phq9",),
    ),
    (
        "E11",
        "block",
        EVENT,
        EVENT | {"heart_event_released": True},
        EVENT | {"heart_event_released": None},
        ("heart_event_released",),
    ),
    ("E11", "block", EVENT, {}, {"heart_event_12_months": None}, ("heart_event_12_months",)),
    (
        "E11R",
        "review",
        EVENT | {"heart_event_released": True},
        EVENT,
        EVENT | {"heart_event_released": None},
        ("heart_event_released",),
    ),
    (
        "E11R",
        "review",
        EVENT | {"heart_event_released": True},
        {"heart_event_released": True},
        {"heart_event_released": True, "heart_event_12_months": None},
        ("heart_event_12_months",),
    ),
    (
        "E32",
        "block",
        MISUSE,
        MISUSE | {"ketamine_misuse_released": True},
        MISUSE | {"ketamine_misuse_released": None},
        ("ketamine_misuse_released",),
    ),
    ("E32", "block", MISUSE, {}, {"ketamine_misuse": None}, ("ketamine_misuse",)),
    (
        "E32R",
        "review",
        MISUSE | {"ketamine_misuse_released": True},
        MISUSE,
        MISUSE | {"ketamine_misuse_released": None},
        ("ketamine_misuse_released",),
    ),
    number("E14Q", "review", "qtc_ms", 501, 500, antiemetic_planned=True),
    (
        "E14Q",
        "review",
        {"antiemetic_planned": True, "qtc_ms": Decimal(501)},
        {"qtc_ms": Decimal(501)},
        {"antiemetic_planned": None, "qtc_ms": Decimal(501)},
        ("antiemetic_planned",),
    ),
    day("E14E", "review", "ecg_on", date(2025, 3, 1), date(2025, 3, 2), **HEART),
    (
        "E14E",
        "review",
        HEART | {"ecg_on": LONG_AGO},
        {"ecg_on": LONG_AGO},
        {"ecg_on": LONG_AGO, "heart_failure": None},
        ("heart_failure",),
    ),
    (
        "E14E",
        "review",
        {"ecg_on": LONG_AGO, "birth_date": date(1975, 3, 2)},
        {"ecg_on": LONG_AGO, "birth_date": date(1975, 3, 3)},
        {"ecg_on": LONG_AGO, "birth_date": None},
        ("birth_date",),
    ),
    (
        "E14E",
        "review",
        {"ecg_on": LONG_AGO, "arrhythmia_uncontrolled": True},
        {},
        {"ecg_on": LONG_AGO, "arrhythmia_uncontrolled": None},
        ("arrhythmia_uncontrolled",),
    ),
    (
        "E14E",
        "review",
        {"ecg_on": LONG_AGO} | EVENT,
        {},
        {"ecg_on": LONG_AGO, "heart_event_12_months": None},
        ("heart_event_12_months",),
    ),
    number("E17", "hold", "systolic_mmhg", 141, 140),
    number("E17", "hold", "systolic_mmhg", 151, 150, **BORN_1955),
    number("E17", "hold", "diastolic_mmhg", 91, 90),
    (
        "E17",
        "hold",
        {"systolic_mmhg": Decimal(145), "birth_date": date(1960, 3, 3)},
        {"systolic_mmhg": Decimal(145), "birth_date": date(1959, 3, 2)},
        {"systolic_mmhg": Decimal(145), "birth_date": None},
        ("birth_date",),
    ),
    number("E18", "hold", "systolic_mmhg", 160, 159),
    number("E18", "hold", "diastolic_mmhg", 100, 99),
    number("E19", "block", "systolic_mmhg", 180, 179),
    number("E19", "block", "diastolic_mmhg", 110, 109),
    number("E21", "hold", "pulse_per_min", 111, 110),
    number("E21", "hold", "pulse_per_min", 49, 50),
    number("E22", "hold", "spo2_percent", 93, 94, spo2_usual_percent=Decimal(95)),
    (
        "E22",
        "hold",
        {"spo2_percent": Decimal(95), "spo2_usual_percent": Decimal(99)},
        {"spo2_percent": Decimal(96), "spo2_usual_percent": Decimal(99)},
        {"spo2_percent": Decimal(96), "spo2_usual_percent": None},
        ("spo2_usual_percent",),
    ),
    number("E23", "hold", "breaths_per_min", 9, 10),
    number("E23", "hold", "breaths_per_min", 25, 24),
    number("E34", "review", "audit", 8, 7),
    number("E34", "review", "dast10", 3, 2),
    number("A16", "info", "pcl5", 31, 30),
    number("A16", "info", "gad7", 10, 9),
    day("E35N", "hold", "urine_screen_on", date(2025, 12, 1), date(2025, 12, 2)),
    ("E40", "block", {"child_pugh": "c"}, {"child_pugh": "b"}, {"child_pugh": None}, ("child_pugh",)),
    ("E40R", "review", {"child_pugh": "c"}, {"child_pugh": "b"}, {"child_pugh": None}, ("child_pugh",)),
    ("E41", "review", {"child_pugh": "b"}, {"child_pugh": "a"}, {"child_pugh": None}, ("child_pugh",)),
    number("E42", "hold", "alt_uln", "3.1", 3),
    number("E42", "hold", "ast_uln", "3.1", 3),
    number("E42", "hold", "bilirubin_uln", "2.1", 2),
    number("A06", "hold", "alp_uln", "2.1", 2, ggt_uln=Decimal(3)),
    number("A06", "hold", "ggt_uln", "2.1", 2, alp_uln=Decimal(3)),
    day("E43", "hold", "liver_panel_on", date(2025, 12, 1), date(2025, 12, 2)),
    number("E48", "review", "weight_kg", 160, 159, height_cm=Decimal(200)),
    ("E48", "review", {"breathing_disease": True}, {}, {"breathing_disease": None}, ("breathing_disease",)),
    ("E48", "review", {"breathing_disease": True}, {}, {"height_cm": None}, ("height_cm",)),
    number("A11", "info", "weight_kg", 120, 119, height_cm=Decimal(200)),
    (
        "A08",
        "info",
        {"birth_date": date(1961, 3, 2)},
        {"birth_date": date(1961, 3, 3)},
        {"birth_date": None},
        ("birth_date",),
    ),
    number("E63", "hold", "nasal_spray_min", 59, 60),
    number("E64", "hold", "food_min", 119, 120),
    number("E64", "hold", "drink_min", 29, 30),
    number("E65", "hold", "food_min", 359, 360),
    number("E65", "hold", "food_min", 479, 480, fatty_meal=True),
    number("E65", "hold", "drink_min", 119, 120),
    (
        "E65",
        "hold",
        {"food_min": Decimal(400), "fatty_meal": True},
        {"food_min": Decimal(400)},
        {"food_min": Decimal(400), "fatty_meal": None},
        ("fatty_meal",),
    ),
    number("A05", "hold", "food_min", 119, 120),
    number("A05", "hold", "drink_min", 29, 30),
    ("E66", "block", {"escort_confirmed": False}, {}, {"escort_confirmed": None}, ("escort_confirmed",)),
    (
        "E66E",
        "block",
        {"escort_confirmed": False},
        {"escort_confirmed": False, "transport_arranged": True},
        {"escort_confirmed": False, "transport_arranged": None},
        ("transport_arranged",),
    ),
    ("E66E", "block", {"escort_confirmed": False}, {}, {"escort_confirmed": None}, ("escort_confirmed",)),
    (
        "E69D",
        "block",
        {"prescriber_and_oximeter": False},
        {},
        {"prescriber_and_oximeter": None},
        ("prescriber_and_oximeter",),
    ),
    day("E70", "hold", "pdmp_on", date(2025, 12, 1), date(2025, 12, 2)),
    number("A12", "stop", "vial_mg_per_ml", 100, 99, diluted=False),
    (
        "A12",
        "stop",
        {"vial_mg_per_ml": Decimal(100), "diluted": False},
        {"vial_mg_per_ml": Decimal(100)},
        {"vial_mg_per_ml": Decimal(100), "diluted": None},
        ("diluted",),
    ),
    ("A13", "stop", {"format_limit_signed": False}, {}, {"format_limit_signed": None}, ("format_limit_signed",)),
]
"""Everyone else's answers are those of the person who fits."""
