"""Acute suicidality rules out treatment at home; care in the clinic stays open."""

from kapstone.care.evaluation.phq9 import acute_suicidality as acute
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import marked

RULE = Rule(
    id="E67H",
    title="Acute suicidality, at home",
    setting="home",
    severity=Severity.BLOCK,
    source="home-cohort-exclusions",
    needs=("phq9", "asq_acute", "clinician_urgent_flag"),
    condition=acute,
    because=marked(
        "There is acute suicidality; the drug is not given at home. Care in a clinic or hospital stays open."
    ),
    clears=marked("Treatment takes place in the clinic, or a clinician documents that it has passed."),
)
