"""A liver panel stands before the first of repeated racemic doses."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import older_than
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.rule import RACEMIC, Rule, Severity
from kapstone.care.evidence import Policy, marked


def too_old(intake: Intake, policy: Policy) -> Known:
    """Whether it lies further back than the policy allows; not known where it was never done."""
    return older_than(intake.liver_panel_on, intake.evaluated_on, policy.number("evaluation.liver.panel_days"))


RULE = Rule(
    id="E43",
    title="Liver panel",
    phase="course_start",
    formats=RACEMIC,
    severity=Severity.HOLD,
    source="ketalar-liver",
    numbers=("evaluation.liver.panel_days",),
    needs=(
        "liver_panel_on",
        "evaluated_on",
    ),
    condition=too_old,
    because=marked("The last liver panel (ALT, AST, ALP, GGT, bilirubin) is older than {panel_days} days."),
    clears=marked("A liver panel no older than {panel_days} days."),
)
