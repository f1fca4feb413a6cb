"""Misuse of ketamine or PCP goes to an addiction specialist first."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_, not_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def not_released(intake: Intake, policy: Policy) -> Known:
    """Whether there was misuse and no specialist has released the patient."""
    return and_(intake.ketamine_misuse, not_(intake.ketamine_misuse_released))


RULE = Rule(
    id="E32",
    title="Ketamine misuse",
    severity=Severity.BLOCK,
    source="va-criteria-exclusions",
    needs=(
        "ketamine_misuse",
        "ketamine_misuse_released",
    ),
    condition=not_released,
    because=marked("Ketamine or PCP has been misused."),
    clears=marked("An addiction specialist releases the patient in writing."),
)
