"""Before racemic ketamine a high pressure holds the dose."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import at_least
from kapstone.care.evaluation.logic import Known, or_
from kapstone.care.evaluation.rule import RACEMIC, Rule, Severity
from kapstone.care.evidence import Policy, marked


def outside(intake: Intake, policy: Policy) -> Known:
    """Whether either reading is outside."""
    return or_(
        at_least(intake.systolic_mmhg, policy.number("evaluation.predose.systolic_hold_mmhg")),
        at_least(intake.diastolic_mmhg, policy.number("evaluation.predose.diastolic_hold_mmhg")),
    )


RULE = Rule(
    id="E18",
    title="Pressure before ketamine",
    phase="each_dose",
    formats=RACEMIC,
    severity=Severity.HOLD,
    source="evaluation.predose.systolic_hold_mmhg",
    numbers=("evaluation.predose.diastolic_hold_mmhg",),
    needs=(
        "systolic_mmhg",
        "diastolic_mmhg",
    ),
    condition=outside,
    because=marked("The pressure is at or above {systolic_hold_mmhg}/{diastolic_hold_mmhg} mmHg."),
    clears=marked("A reading below both limits after a rest."),
)
