"""Before esketamine: no food for two hours, no drink for half an hour."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import below
from kapstone.care.evaluation.logic import Known, or_
from kapstone.care.evaluation.rule import ESKETAMINE, Rule, Severity
from kapstone.care.evidence import Policy, claim, marked


def too_soon(intake: Intake, policy: Policy) -> Known:
    """Whether food or drink is too recent."""
    figure = claim("esketamine-fasting").figure
    return or_(below(intake.food_min, figure("food_min")), below(intake.drink_min, figure("drink_min")))


RULE = Rule(
    id="E64",
    title="Food or drink before esketamine",
    phase="each_dose",
    formats=ESKETAMINE,
    severity=Severity.HOLD,
    source="esketamine-fasting",
    needs=(
        "food_min",
        "drink_min",
    ),
    condition=too_soon,
    because=marked("The patient ate less than {food_min} or drank less than {drink_min} minutes ago."),
    clears=marked("{food_min} minutes since food and {drink_min} since a drink."),
)
