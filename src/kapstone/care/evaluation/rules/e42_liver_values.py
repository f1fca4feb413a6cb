"""Raised liver values hold the start of racemic ketamine."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import above
from kapstone.care.evaluation.logic import Known, or_
from kapstone.care.evaluation.rule import RACEMIC, Rule, Severity
from kapstone.care.evidence import Policy, marked


def raised(intake: Intake, policy: Policy) -> Known:
    """Whether any of the three is above its limit."""
    enzymes = policy.number("evaluation.liver.alt_ast_uln")
    return or_(
        above(intake.alt_uln, enzymes),
        above(intake.ast_uln, enzymes),
        above(intake.bilirubin_uln, policy.number("evaluation.liver.bilirubin_uln")),
    )


RULE = Rule(
    id="E42",
    title="Raised liver values",
    phase="course_start",
    formats=RACEMIC,
    severity=Severity.HOLD,
    source="evaluation.liver.alt_ast_uln",
    numbers=("evaluation.liver.bilirubin_uln",),
    needs=(
        "alt_uln",
        "ast_uln",
        "bilirubin_uln",
    ),
    condition=raised,
    because=marked(
        "ALT or AST is above {alt_ast_uln} times, or bilirubin above {bilirubin_uln} times the "
        "laboratory's upper limit."
    ),
    clears=marked("Values at or below the limits, or a liver specialist's advice on file."),
)
