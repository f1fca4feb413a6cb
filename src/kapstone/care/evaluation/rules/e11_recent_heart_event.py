"""A heart event in the past year was an exclusion of the trials."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_, not_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def not_released(intake: Intake, policy: Policy) -> Known:
    """Whether there was an event and no cardiologist has released the patient."""
    return and_(intake.heart_event_12_months, not_(intake.heart_event_released))


RULE = Rule(
    id="E11",
    title="Recent heart event",
    severity=Severity.BLOCK,
    source="esketamine-trial-cardiovascular-exclusions",
    needs=(
        "heart_event_12_months",
        "heart_event_released",
    ),
    condition=not_released,
    because=marked(
        "A heart attack, unstable angina or revascularisation lies within the past {months_since_heart_event} months."
    ),
    clears=marked("A cardiologist releases the patient in writing."),
)
