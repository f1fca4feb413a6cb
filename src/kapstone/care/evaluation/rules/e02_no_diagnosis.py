"""A score alone qualifies nobody: a clinician confirms the diagnosis."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, not_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def unconfirmed(intake: Intake, policy: Policy) -> Known:
    """Whether the diagnosis stands unconfirmed."""
    return not_(intake.diagnosis_confirmed)


RULE = Rule(
    id="E02",
    title="Diagnosis not confirmed",
    severity=Severity.BLOCK,
    source="apa-consensus-selection",
    needs=("diagnosis_confirmed",),
    condition=unconfirmed,
    because=marked("No clinician has confirmed the diagnosis; a score alone is not one."),
    clears=marked("A clinician confirms the diagnosis."),
)
