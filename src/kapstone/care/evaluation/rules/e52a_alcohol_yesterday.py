"""Alcohol in the last day adds to sedation."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E52A",
    title="Alcohol in the last 24 hours",
    phase="each_dose",
    severity=Severity.REVIEW,
    source="ketalar-depressants",
    needs=("alcohol_24_hours",),
    condition=answered_yes("alcohol_24_hours"),
    because=marked("There was alcohol in the last 24 hours: sedation and slow breathing add up."),
    clears=marked("The clinician documents how the patient is now."),
)
