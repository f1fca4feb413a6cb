"""Before an infusion or injection the stomach is empty."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import below
from kapstone.care.evaluation.logic import Known, and_, or_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, claim, marked


def too_soon(intake: Intake, policy: Policy) -> Known:
    """Whether food or drink is too recent; longer after a fatty meal."""
    figure = claim("fasting-before-sedation").figure
    return or_(
        below(intake.food_min, figure("food_min")),
        and_(intake.fatty_meal, below(intake.food_min, figure("fatty_food_min"))),
        below(intake.drink_min, figure("drink_min")),
    )


RULE = Rule(
    id="E65",
    title="Food or drink before an injection",
    phase="each_dose",
    formats=("iv", "im", "sc"),
    severity=Severity.HOLD,
    source="fasting-before-sedation",
    needs=(
        "food_min",
        "fatty_meal",
        "drink_min",
    ),
    condition=too_soon,
    because=marked(
        "The patient ate less than {food_min} minutes ago ({fatty_food_min} after a fatty meal), "
        "or drank less than {drink_min} minutes ago."
    ),
    clears=marked("The time since food and drink has passed."),
)
