"""Severe liver disease: esketamine is not recommended."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.rule import ESKETAMINE, Rule, Severity
from kapstone.care.evidence import Policy, marked


def in_this_class(intake: Intake, policy: Policy) -> Known:
    """Whether the liver disease is of this class."""
    return None if intake.child_pugh is None else intake.child_pugh == "c"


RULE = Rule(
    id="E40",
    title="Severe liver disease, esketamine",
    formats=ESKETAMINE,
    severity=Severity.BLOCK,
    source="esketamine-liver",
    needs=("child_pugh",),
    condition=in_this_class,
    because=marked("The liver disease is Child-Pugh C; esketamine is not recommended."),
    clears=marked("A liver specialist documents a better class."),
)
