"""Each rule on both sides of its line, and with its question unanswered."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.spec.evaluation.number_cases import NUMBERS
from tests.spec.evaluation.people import phq9, someone
from tests.spec.evaluation.trial_cases import TRIALS

from kapstone.care.evaluation import ALL, Finding, Medicine, evaluate, rules
from kapstone.care.evidence import claims, default_policy

POLICY = default_policy()

# rule, severity, what makes it fire, what just does not, what leaves it open
PLAIN = {
    "A07": ("review", "dissociative_disorder"),
    "E52A": ("review", "alcohol_24_hours"),
    "A09": ("info", "emergence_reaction"),
    "A10": ("info", "personality_disorder_severe"),
    "E10": ("block", "pressure_rise_hazard"),
    "E12": ("review", "stroke_or_tia"),
    "E12B": ("block", "stroke_or_tia_12_months"),
    "E13": ("block", "heart_failure"),
    "E14": ("review", "arrhythmia_uncontrolled"),
    "E16": ("review", "hypertensive_encephalopathy"),
    "E24": ("review", "eye_pressure"),
    "E25N": ("review", "schizophrenia_spectrum"),
    "E25S": ("block", "schizophrenia_spectrum"),
    "E26": ("review", "psychosis_in_family"),
    "E30": ("review", "traumatic_brain_injury"),
    "E35": ("hold", "urine_screen_unexplained"),
    "E36": ("hold", "intoxicated_today"),
    "E45": ("hold", "hyperthyroidism_uncontrolled"),
    "E46": ("review", "porphyria"),
    "E47": ("review", "seizures_uncontrolled"),
    "A03": ("hold", "psychosis_current"),
    "E07": ("block", "aneurysm_or_avm"),
    "E08": ("block", "intracerebral_haemorrhage"),
    "E09": ("block", "hypersensitivity"),
    "E15": ("block", "raised_icp"),
    "E25": ("block", "psychosis_current"),
    "E27": ("block", "mania_current"),
    "E29": ("block", "dementia_or_delirium"),
    "E31": ("review", "substance_use_disorder_active"),
    "E31H": ("block", "substance_use_disorder_active"),
    "E33": ("review", "opioid_use_disorder"),
    "E33H": ("block", "opioid_use_disorder"),
    "E37": ("block", "pregnant"),
    "E39": ("block", "breastfeeding"),
    "E44": ("hold", "bladder_symptoms"),
}
COULD = {"could_become_pregnant": True}
NO_FLAGS = {"asq_acute": False, "clinician_urgent_flag": False}
LIMITS: list[tuple[str, str, dict[str, Any], dict[str, Any], dict[str, Any], tuple[str, ...]]] = [
    (
        "E01",
        "stop",
        {"birth_date": date(2008, 3, 3)},
        {"birth_date": date(2008, 3, 2)},
        {"birth_date": None},
        ("birth_date",),
    ),
    (
        "A02",
        "info",
        {"birth_date": date(2001, 3, 3)},
        {"birth_date": date(2001, 3, 2)},
        {"birth_date": None},
        ("birth_date",),
    ),
    (
        "A02",
        "info",
        {"birth_date": date(2008, 3, 2)},
        {"birth_date": date(2008, 3, 3)},
        {"evaluated_on": None},
        ("evaluated_on",),
    ),
    ("E02", "block", {"diagnosis_confirmed": False}, {}, {"diagnosis_confirmed": None}, ("diagnosis_confirmed",)),
    ("E28", "review", {"diagnosis": "bipolar"}, {"diagnosis": "other"}, {"diagnosis": None}, ("diagnosis",)),
    (
        "E38",
        "hold",
        COULD | {"last_pregnancy_test": date(2026, 2, 22)},
        COULD | {"last_pregnancy_test": date(2026, 2, 23)},
        COULD | {"last_pregnancy_test": None},
        ("last_pregnancy_test",),
    ),
    (
        "E38",
        "hold",
        COULD | {"last_pregnancy_test": date(2026, 1, 1)},
        {"could_become_pregnant": False, "last_pregnancy_test": None},
        {"could_become_pregnant": None, "last_pregnancy_test": date(2026, 1, 1)},
        ("could_become_pregnant",),
    ),
    ("E67", "info", {"phq9": phq9(18, 2)}, {"phq9": phq9(18, 1)}, {"phq9": phq9(18, None)}, ("phq9",)),
    ("E67", "info", {"asq_acute": True}, {}, {"asq_acute": None}, ("asq_acute",)),
    ("E67", "info", {"clinician_urgent_flag": True}, {}, {"clinician_urgent_flag": None}, ("clinician_urgent_flag",)),
    ("E67H", "block", {"asq_acute": True}, {"phq9": phq9(18, 1)}, {"asq_acute": None}, ("asq_acute",)),
    ("E68", "stop", {"consent_signed": False}, {}, {"consent_signed": None}, ("consent_signed",)),
    ("E68", "stop", {"capacity_documented": False}, {}, {"capacity_documented": None}, ("capacity_documented",)),
    ("E69", "stop", {"rems_enrolled": False}, {}, {"rems_enrolled": None}, ("rems_enrolled",)),
    ("E69", "stop", {"site_rems_certified": False}, {}, {"site_rems_certified": None}, ("site_rems_certified",)),
]
TAKEN = {
    "A01": ("review", "semaglutide"),
    "A04": ("review", "theophylline"),
    "A14": ("hold", "an herb from a friend"),
    "E49": ("review", "lorazepam"),
    "E51": ("review", "oxycodone"),
    "E52": ("review", "zolpidem"),
    "E53": ("review", "methylphenidate"),
    "E54": ("review", "tranylcypromine"),
    "E55": ("block", "theophylline"),
    "E56": ("review", "pseudoephedrine"),
    "E57": ("info", "lamotrigine"),
    "E58": ("info", "clozapine"),
    "E59": ("review", "clarithromycin"),
    "E60": ("review", "ticlopidine"),
    "E61": ("review", "rifampin"),
    "E62": ("info", "naltrexone"),
}


def taking(name: str, mg: str | None = "1") -> dict[str, Any]:
    """One medicine, at a daily dose."""
    return {"medicines": (Medicine(name=name, daily_mg=None if mg is None else Decimal(mg)),)}


GUT = {"gut_symptoms_today": True}
LIMITS += [
    (
        "E50",
        "review",
        taking("lorazepam", "3.1"),
        taking("lorazepam", "3"),
        taking("lorazepam", None),
        ("medicines",),
    ),
    ("E50", "review", taking("clonazepam", "1.6"), taking("clonazepam", "1.5"), {"medicines": None}, ("medicines",)),
    ("A01D", "hold", taking("semaglutide") | GUT, GUT, GUT | {"medicines": None}, ("medicines",)),
    (
        "A01D",
        "hold",
        taking("semaglutide") | GUT,
        taking("semaglutide"),
        taking("semaglutide") | {"gut_symptoms_today": None},
        ("gut_symptoms_today",),
    ),
]
HIGH = {"hypertension": True, "pressures": ((150, 80), (150, 80), (150, 80))}
LIMITS += [
    (
        rule,
        severity,
        {"medicines": (Medicine(name=name, daily_mg=Decimal(1)),)},
        {"medicines": ()},
        {"medicines": None},
        ("medicines",),
    )
    for rule, (severity, name) in TAKEN.items()
]
LIMITS += [
    (
        "E20",
        "hold",
        HIGH,
        HIGH | {"pressures": ((150, 94), (150, 94), (149, 94))},
        HIGH | {"pressures": None},
        ("pressures",),
    ),
    (
        "E20",
        "hold",
        HIGH | {"pressures": ((120, 95),) * 3},
        HIGH | {"hypertension": False},
        HIGH | {"hypertension": None},
        ("hypertension",),
    ),
]
CASES = (
    LIMITS
    + NUMBERS
    + TRIALS
    + [
        (rule, severity, {name: True}, {name: False}, {name: None}, (name,))
        for rule, (severity, name) in PLAIN.items()
    ]
)
ONLY_TODAY = {"E67A", "E67B", "E67C"}


def found(rule: str, changes: dict[str, Any]) -> Finding | None:
    """The finding of one rule on someone with these changes, in the setting where the rule applies."""
    setting = "home" if rule.endswith("H") else "clinic"
    verdict = evaluate(someone(**changes), POLICY, formats=ALL, phase="course_start", setting=setting)
    return next((each for each in verdict.findings if each.rule == rule), None)


@pytest.mark.mitigates("M-014")
@pytest.mark.parametrize(("rule", "severity", "fires", "quiet", "open_", "missing"), CASES)
def test_a_rule_on_both_sides_and_unanswered(
    rule: str,
    severity: str,
    fires: dict[str, Any],
    quiet: dict[str, Any],
    open_: dict[str, Any],
    missing: tuple[str, ...],
) -> None:
    finding = found(rule, fires)
    assert finding is not None
    assert (finding.severity.word, finding.missing) == (severity, ())
    assert "{" not in f"{finding.reason}{finding.clears}"
    assert found(rule, quiet) is None
    unknown = found(rule, open_)
    assert unknown is not None
    assert unknown.missing == missing
    assert unknown.severity == min(finding.severity, 2)
    assert unknown.urgency == 0


def test_every_rule_stands_in_the_table() -> None:
    assert {rule.id for rule in rules()} == {case[0] for case in CASES} | ONLY_TODAY


def test_every_source_is_a_claim_or_a_policy_line_and_every_need_a_field() -> None:
    for rule in rules():
        assert rule.source in claims() or rule.source in POLICY.lines, rule.id
        assert all(key in POLICY.lines for key in rule.numbers), rule.id
        assert all(hasattr(someone(), name) for name in rule.needs), rule.id


def test_nothing_is_found_on_someone_who_fits() -> None:
    verdict = evaluate(someone(), POLICY)
    assert (verdict.candidacy.word, verdict.urgency.word, verdict.findings) == ("clear", "none", ())


@pytest.mark.mitigates("M-050")
@pytest.mark.parametrize(("item_9", "urgency"), [(0, "none"), (1, "today"), (2, "now"), (3, "now"), (None, "today")])
def test_item_9_is_urgent_and_never_a_reason_to_refuse(item_9: int | None, urgency: str) -> None:
    verdict = evaluate(someone(phq9=phq9(18, item_9)), POLICY)
    assert verdict.urgency.word == urgency
    assert verdict.candidacy.word == "clear"


@pytest.mark.mitigates("M-050")
@pytest.mark.parametrize("name", ["asq_acute", "clinician_urgent_flag"])
def test_an_acute_answer_comes_before_a_stop(name: str) -> None:
    verdict = evaluate(someone(**{name: True, "birth_date": date(2012, 1, 1)}), POLICY)
    assert [each.rule for each in verdict.findings][:2] == ["E67", "E01"]
    assert str(verdict.findings[0].reason).startswith("Assess now. Do not leave alone.")


def test_consent_is_listed_and_does_not_hold_a_candidacy() -> None:
    unsigned = someone(consent_signed=False, rems_enrolled=False)
    early = evaluate(unsigned, POLICY)
    assert early.candidacy.word == "clear"
    assert {(each.rule, each.phase) for each in early.findings} == {
        ("E68", "course_start"),
        ("E69", "course_start"),
    }
    late = evaluate(unsigned, POLICY, phase="course_start")
    assert late.candidacy.word == "stop"


def test_mild_symptoms_are_no_question_in_maintenance() -> None:
    assert evaluate(someone(phq9=phq9(3), madrs=Decimal(12)), POLICY, phase="maintenance").candidacy.word == "clear"
    assert evaluate(someone(phq9=phq9(3), madrs=Decimal(12)), POLICY, phase="each_dose").candidacy.word == "review"


def test_formats_are_told_apart() -> None:
    verdict = evaluate(someone(medicines=(Medicine(name="theophylline"),)), POLICY)
    each = {name: one.candidacy.word for name, one in verdict.per_format.items()}
    assert each == {
        "iv": "block",
        "im": "block",
        "sc": "block",
        "sl": "block",
        "po": "block",
        "in-esketamine": "review",
    }
    assert verdict.candidacy.word == "block"


def test_a_changed_policy_moves_the_line() -> None:
    stricter = POLICY.changed(
        {"evaluation.trials.failures_for_resistance": POLICY.number("evaluation.trials.failures_for_resistance") * 2}
    )
    assert evaluate(someone(), stricter).candidacy.word == "block"
    assert evaluate(replace(someone(), diagnosis="other"), stricter).per_format["in-esketamine"].candidacy == 0


@pytest.mark.parametrize("wrong", [{"formats": ("tea",)}, {"phase": "later"}, {"setting": "car"}])
def test_an_unknown_format_phase_or_setting_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="give one of"):
        evaluate(someone(), POLICY, **wrong)
