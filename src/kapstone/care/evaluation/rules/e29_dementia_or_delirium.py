"""Dementia or delirium is an exclusion in published programmes."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E29",
    title="Dementia or delirium",
    severity=Severity.BLOCK,
    source="va-criteria-exclusions",
    needs=("dementia_or_delirium",),
    condition=answered_yes("dementia_or_delirium"),
    because=marked("There is dementia, or delirium now or of late."),
    clears=marked("A specialist rules it out."),
)
