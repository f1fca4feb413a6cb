"""Severe disease of breathing, or very high weight, adds to the risk of slow breathing."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import at_least
from kapstone.care.evaluation.logic import Known, or_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def at_risk(intake: Intake, policy: Policy) -> Known:
    """Whether there is such a disease, or the body mass index reaches the line."""
    return or_(intake.breathing_disease, at_least(intake.bmi, policy.number("evaluation.weight.bmi_review")))


RULE = Rule(
    id="E48",
    title="Breathing risk",
    severity=Severity.REVIEW,
    source="esketamine-breathing",
    numbers=("evaluation.weight.bmi_review",),
    needs=(
        "breathing_disease",
        "height_cm",
        "weight_kg",
    ),
    condition=at_risk,
    because=marked(
        "There is severe untreated sleep apnoea, home oxygen, severe COPD, or a body mass index "
        "of {bmi_review} or more."
    ),
    clears=marked("The prescriber documents how breathing is watched, and what a lung or sleep specialist advised."),
)
