"""Very slow or fast breathing holds the dose."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import above, below
from kapstone.care.evaluation.logic import Known, or_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def outside(intake: Intake, policy: Policy) -> Known:
    """Whether either reading is outside."""
    return or_(
        below(intake.breaths_per_min, policy.number("evaluation.predose.breaths_low_per_min")),
        above(intake.breaths_per_min, policy.number("evaluation.predose.breaths_high_per_min")),
    )


RULE = Rule(
    id="E23",
    title="Breathing before the dose",
    phase="each_dose",
    severity=Severity.HOLD,
    source="evaluation.predose.breaths_low_per_min",
    numbers=("evaluation.predose.breaths_high_per_min",),
    needs=("breaths_per_min",),
    condition=outside,
    because=marked("Breaths are below {breaths_low_per_min} or above {breaths_high_per_min} per minute."),
    clears=marked("It is back in range, or a clinician explains it."),
)
