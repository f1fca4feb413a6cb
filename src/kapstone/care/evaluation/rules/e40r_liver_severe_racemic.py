"""Severe liver disease is weighed before racemic ketamine."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.rule import RACEMIC, Rule, Severity
from kapstone.care.evidence import Policy, marked


def in_this_class(intake: Intake, policy: Policy) -> Known:
    """Whether the liver disease is of this class."""
    return None if intake.child_pugh is None else intake.child_pugh == "c"


RULE = Rule(
    id="E40R",
    title="Severe liver disease, racemic",
    formats=RACEMIC,
    severity=Severity.REVIEW,
    source="esketamine-liver",
    needs=("child_pugh",),
    condition=in_this_class,
    because=marked("The liver disease is Child-Pugh C; ketamine is broken down in the liver."),
    clears=marked("The prescriber documents a liver specialist's advice."),
)
