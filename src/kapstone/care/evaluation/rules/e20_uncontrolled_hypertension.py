"""High blood pressure is brought under control before a course."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def uncontrolled(intake: Intake, policy: Policy) -> Known:
    """Whether high pressure is known and the mean of the last readings is at or above a limit."""
    return and_(intake.hypertension, _high(intake, policy))


def _high(intake: Intake, policy: Policy) -> Known:
    readings = int(policy.number("evaluation.pressure.readings"))
    if intake.pressures is None or len(intake.pressures) < readings:
        return None
    last = intake.pressures[-readings:]
    systolic, diastolic = (sum(pair[part] for pair in last) for part in (0, 1))
    return (
        systolic >= policy.number("evaluation.pressure.systolic_mmhg") * readings
        or diastolic >= policy.number("evaluation.pressure.diastolic_mmhg") * readings
    )


RULE = Rule(
    id="E20",
    title="Uncontrolled high blood pressure",
    severity=Severity.HOLD,
    source="evaluation.pressure.systolic_mmhg",
    numbers=("evaluation.pressure.diastolic_mmhg", "evaluation.pressure.readings"),
    needs=("hypertension", "pressures"),
    condition=uncontrolled,
    because=marked(
        "High blood pressure is not controlled (mean of the last {readings} readings at or above "
        "{systolic_mmhg}/{diastolic_mmhg} mmHg)."
    ),
    clears=marked("Readings below {systolic_mmhg}/{diastolic_mmhg} mmHg on treatment."),
)
