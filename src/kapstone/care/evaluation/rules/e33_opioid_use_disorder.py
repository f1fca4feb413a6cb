"""A history of opioid use disorder is weighed before a course."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E33",
    title="Opioid use disorder",
    severity=Severity.REVIEW,
    source="home-cohort-exclusions",
    needs=("opioid_use_disorder",),
    condition=answered_yes("opioid_use_disorder"),
    because=marked("There is a history of opioid use disorder."),
    clears=marked("The prescriber documents risk and benefit."),
)
