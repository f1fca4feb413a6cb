"""A history of opioid use disorder rules out treatment at home."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E33H",
    title="Opioid use disorder, at home",
    setting="home",
    severity=Severity.BLOCK,
    source="home-cohort-exclusions",
    needs=("opioid_use_disorder",),
    condition=answered_yes("opioid_use_disorder"),
    because=marked("There is a history of opioid use disorder; the drug is not given at home."),
    clears=marked("Treatment takes place in the clinic."),
)
