"""Misuse of ketamine or PCP goes to an addiction specialist first."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E32",
    title="Ketamine misuse",
    severity=Severity.BLOCK,
    source="va-criteria-exclusions",
    needs=("ketamine_misuse",),
    condition=answered_yes("ketamine_misuse"),
    because=marked("Ketamine or PCP has been misused."),
    clears=marked("An addiction specialist releases the patient in writing."),
)
