"""Misuse of ketamine with a specialist's release is weighed."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def released(intake: Intake, policy: Policy) -> Known:
    """Whether there was misuse and a specialist has released the patient."""
    return and_(intake.ketamine_misuse, intake.ketamine_misuse_released)


RULE = Rule(
    id="E32R",
    title="Ketamine misuse, released",
    severity=Severity.REVIEW,
    source="va-criteria-exclusions",
    needs=(
        "ketamine_misuse",
        "ketamine_misuse_released",
    ),
    condition=released,
    because=marked("Ketamine or PCP has been misused; an addiction specialist has released the patient."),
    clears=marked("The prescriber documents how use is watched."),
)
