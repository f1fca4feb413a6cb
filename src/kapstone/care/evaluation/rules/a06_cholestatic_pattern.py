"""Raised ALP with GGT points at the bile ducts, which ketamine can harm."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import above
from kapstone.care.evaluation.logic import Known, and_
from kapstone.care.evaluation.rule import RACEMIC, Rule, Severity
from kapstone.care.evidence import Policy, marked


def both_raised(intake: Intake, policy: Policy) -> Known:
    """Whether both are above the limit; ALP alone may come from bone."""
    limit = policy.number("evaluation.liver.alp_ggt_uln")
    return and_(above(intake.alp_uln, limit), above(intake.ggt_uln, limit))


RULE = Rule(
    id="A06",
    title="Cholestatic pattern",
    phase="course_start",
    formats=RACEMIC,
    severity=Severity.HOLD,
    source="evaluation.liver.alp_ggt_uln",
    needs=(
        "alp_uln",
        "ggt_uln",
    ),
    condition=both_raised,
    because=marked(
        "ALP and GGT are both above {alp_ggt_uln} times the laboratory's upper limit: a pattern of the bile ducts."
    ),
    clears=marked("Values at or below the limit, or a liver specialist's advice on file."),
)
