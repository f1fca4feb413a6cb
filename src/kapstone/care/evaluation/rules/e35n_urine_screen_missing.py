"""Where the clinic asks it of everyone, a urine screen stands before the first dose."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import older_than
from kapstone.care.evaluation.logic import Known, and_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def too_old(intake: Intake, policy: Policy) -> Known:
    """Whether the clinic asks for one and the last lies too far back."""
    days = policy.number("evaluation.tests.urine_screen_days")
    return and_(
        policy.on("evaluation.tests.urine_screen_for_all"),
        older_than(intake.urine_screen_on, intake.evaluated_on, days),
    )


RULE = Rule(
    id="E35N",
    title="Urine screen",
    phase="course_start",
    severity=Severity.HOLD,
    source="evaluation.tests.urine_screen_days",
    needs=(
        "urine_screen_on",
        "evaluated_on",
    ),
    condition=too_old,
    because=marked("The last urine drug screen is older than {urine_screen_days} days."),
    clears=marked("A urine drug screen no older than {urine_screen_days} days."),
)
