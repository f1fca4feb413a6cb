"""A very fast or slow pulse holds the dose."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import above, below
from kapstone.care.evaluation.logic import Known, or_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def outside(intake: Intake, policy: Policy) -> Known:
    """Whether either reading is outside."""
    return or_(
        above(intake.pulse_per_min, policy.number("evaluation.predose.pulse_high_per_min")),
        below(intake.pulse_per_min, policy.number("evaluation.predose.pulse_low_per_min")),
    )


RULE = Rule(
    id="E21",
    title="Pulse before the dose",
    phase="each_dose",
    severity=Severity.HOLD,
    source="evaluation.predose.pulse_high_per_min",
    numbers=("evaluation.predose.pulse_low_per_min",),
    needs=("pulse_per_min",),
    condition=outside,
    because=marked("The pulse is above {pulse_high_per_min} or below {pulse_low_per_min} per minute."),
    clears=marked("An ECG or a clinician's examination explains it, or it is back in range."),
)
