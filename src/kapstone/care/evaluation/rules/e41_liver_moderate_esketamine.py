"""Moderate liver disease asks for longer monitoring after esketamine."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.rule import ESKETAMINE, Rule, Severity
from kapstone.care.evidence import Policy, marked


def in_this_class(intake: Intake, policy: Policy) -> Known:
    """Whether the liver disease is of this class."""
    return None if intake.child_pugh is None else intake.child_pugh == "b"


RULE = Rule(
    id="E41",
    title="Moderate liver disease",
    formats=ESKETAMINE,
    severity=Severity.REVIEW,
    source="esketamine-liver",
    needs=("child_pugh",),
    condition=in_this_class,
    because=marked("The liver disease is Child-Pugh B; esketamine asks for longer monitoring."),
    clears=marked("The plan of the session says how long the patient is watched."),
)
