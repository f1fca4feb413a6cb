"""Urinary symptoms are worked up before a drug that can injure the bladder."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E44",
    title="Urinary symptoms",
    severity=Severity.HOLD,
    source="ketamine-bladder",
    needs=("bladder_symptoms",),
    condition=answered_yes("bladder_symptoms"),
    because=marked("There are urinary symptoms; ketamine can injure the bladder."),
    clears=marked("Urinalysis, and a urologist where it shows something."),
)
