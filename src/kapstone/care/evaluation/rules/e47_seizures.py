"""Seizures that are not controlled are weighed."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E47",
    title="Uncontrolled seizures",
    severity=Severity.REVIEW,
    source="ketamine-smpc-cautions",
    needs=("seizures_uncontrolled",),
    condition=answered_yes("seizures_uncontrolled"),
    because=marked("There are seizures that are not controlled."),
    clears=marked("The prescriber documents a neurologist's advice."),
)
