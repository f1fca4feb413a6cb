"""Far from the ideal weight, the weight that a dose goes by is picked by the prescriber."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import at_least
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def far(intake: Intake, policy: Policy) -> Known:
    """Whether the body mass index reaches the line."""
    return at_least(intake.bmi, policy.number("evaluation.weight.bmi_dose_weight"))


RULE = Rule(
    id="A11",
    title="Weight for dosing",
    severity=Severity.INFO,
    source="evaluation.weight.bmi_dose_weight",
    needs=(
        "height_cm",
        "weight_kg",
    ),
    condition=far,
    because=marked(
        "The body mass index is {bmi_dose_weight} or more: actual, ideal and adjusted weight give different doses."
    ),
    clears=marked("Nothing to clear; the prescriber picks the weight for dosing."),
)
