"""Psychosis now: racemic ketamine is not given."""

from kapstone.care.evaluation.rule import RACEMIC, Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E25",
    title="Psychosis now",
    formats=RACEMIC,
    severity=Severity.BLOCK,
    source="toronto-clinic-exclusions",
    needs=("psychosis_current",),
    condition=answered_yes("psychosis_current"),
    because=marked("There is psychosis now; ketamine can make it worse."),
    clears=marked("A psychiatrist documents that the psychosis has ended."),
)
