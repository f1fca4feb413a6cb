"""Before a lozenge, an oral dose or racemic nasal ketamine the stomach is not full."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import below
from kapstone.care.evaluation.logic import Known, or_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def too_soon(intake: Intake, policy: Policy) -> Known:
    """Whether food or drink is too recent."""
    return or_(
        below(intake.food_min, policy.number("evaluation.fasting.food_min")),
        below(intake.drink_min, policy.number("evaluation.fasting.drink_min")),
    )


RULE = Rule(
    id="A05",
    title="Food or drink before a dose by mouth or nose",
    phase="each_dose",
    formats=("sl", "po", "in-racemic"),
    severity=Severity.HOLD,
    source="evaluation.fasting.food_min",
    numbers=("evaluation.fasting.drink_min",),
    needs=(
        "food_min",
        "drink_min",
    ),
    condition=too_soon,
    because=marked("The patient ate less than {food_min} or drank less than {drink_min} minutes ago."),
    clears=marked("{food_min} minutes since food and {drink_min} since a drink."),
)
