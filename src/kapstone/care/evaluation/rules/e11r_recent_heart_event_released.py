"""A heart event with a cardiologist's release is weighed."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def released(intake: Intake, policy: Policy) -> Known:
    """Whether there was an event and a cardiologist has released the patient."""
    return and_(intake.heart_event_12_months, intake.heart_event_released)


RULE = Rule(
    id="E11R",
    title="Recent heart event, released",
    severity=Severity.REVIEW,
    source="esketamine-trial-cardiovascular-exclusions",
    needs=(
        "heart_event_12_months",
        "heart_event_released",
    ),
    condition=released,
    because=marked(
        "A heart attack, unstable angina or revascularisation lies within the past "
        "{months_since_heart_event} months; a cardiologist has released the patient."
    ),
    clears=marked("The prescriber documents how the pressure is watched."),
)
