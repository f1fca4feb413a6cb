"""The prescription monitoring programme is asked before the first dose."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import older_than
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def too_old(intake: Intake, policy: Policy) -> Known:
    """Whether it lies further back than the policy allows; not known where it was never done."""
    return older_than(intake.pdmp_on, intake.evaluated_on, policy.number("evaluation.tests.pdmp_days"))


RULE = Rule(
    id="E70",
    title="Prescription monitoring",
    phase="course_start",
    severity=Severity.HOLD,
    source="evaluation.tests.pdmp_days",
    needs=(
        "pdmp_on",
        "evaluated_on",
    ),
    condition=too_old,
    because=marked("The prescription monitoring programme was last asked more than {pdmp_days} days ago."),
    clears=marked("A query no older than {pdmp_days} days."),
)
