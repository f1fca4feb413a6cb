"""A heart event in the past year was an exclusion of the trials."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E11",
    title="Recent heart event",
    severity=Severity.BLOCK,
    source="esketamine-trial-cardiovascular-exclusions",
    needs=("heart_event_12_months",),
    condition=answered_yes("heart_event_12_months"),
    because=marked(
        "A heart attack, unstable angina or revascularisation lies within the past {months_since_heart_event} months."
    ),
    clears=marked("A cardiologist releases the patient in writing."),
)
