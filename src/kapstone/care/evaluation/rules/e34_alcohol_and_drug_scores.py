"""High alcohol or drug scores are weighed."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import at_least
from kapstone.care.evaluation.logic import Known, or_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, claim, marked


def harmful(intake: Intake, policy: Policy) -> Known:
    """Whether either total reaches its cut-off."""
    figure = claim("audit-dast-cut-offs").figure
    return or_(at_least(intake.audit, figure("audit_points")), at_least(intake.dast10, figure("dast10_points")))


RULE = Rule(
    id="E34",
    title="AUDIT or DAST-10",
    severity=Severity.REVIEW,
    source="audit-dast-cut-offs",
    needs=(
        "audit",
        "dast10",
    ),
    condition=harmful,
    because=marked("The AUDIT total is {audit_points} or more, or the DAST-10 total {dast10_points} or more."),
    clears=marked("The prescriber documents what was asked and planned about alcohol and drugs."),
)
