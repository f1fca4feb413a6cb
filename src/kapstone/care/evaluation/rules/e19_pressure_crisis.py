"""A very high pressure ends the day's plan."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import at_least
from kapstone.care.evaluation.logic import Known, or_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def outside(intake: Intake, policy: Policy) -> Known:
    """Whether either reading is outside."""
    return or_(
        at_least(intake.systolic_mmhg, policy.number("evaluation.predose.systolic_block_mmhg")),
        at_least(intake.diastolic_mmhg, policy.number("evaluation.predose.diastolic_block_mmhg")),
    )


RULE = Rule(
    id="E19",
    title="Pressure far too high",
    phase="each_dose",
    severity=Severity.BLOCK,
    source="evaluation.predose.systolic_block_mmhg",
    numbers=("evaluation.predose.diastolic_block_mmhg",),
    needs=(
        "systolic_mmhg",
        "diastolic_mmhg",
    ),
    condition=outside,
    because=marked(
        "The pressure is at or above {systolic_block_mmhg}/{diastolic_block_mmhg} mmHg: no dose "
        "today; with symptoms, an urgent medical evaluation."
    ),
    clears=marked("Another day, with the pressure controlled."),
)
