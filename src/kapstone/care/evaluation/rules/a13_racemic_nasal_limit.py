"""Racemic nasal ketamine stays closed until a director signs its hard limit."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_, not_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def unsigned(intake: Intake, policy: Policy) -> Known:
    """Whether a limit is needed and none is signed."""
    needed = policy.on("evaluation.formats.racemic_nasal_needs_limit")
    return and_(needed, not_(intake.format_limit_signed))


RULE = Rule(
    id="A13",
    title="No signed limit",
    formats=("in-racemic",),
    severity=Severity.STOP,
    source="evaluation.formats.racemic_nasal_needs_limit",
    needs=("format_limit_signed",),
    condition=unsigned,
    because=marked("No medical director has signed a hard limit for racemic nasal ketamine."),
    clears=marked("A medical director signs a policy with its limit."),
)
