"""Psychosis in a close relative is weighed."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E26",
    title="Psychosis in the family",
    severity=Severity.REVIEW,
    source="kap-clinic-exclusions",
    needs=("psychosis_in_family",),
    condition=answered_yes("psychosis_in_family"),
    because=marked("A parent, brother, sister or child has had psychosis."),
    clears=marked("The prescriber documents what was asked about the patient's own experiences."),
)
