"""Low oxygen before the dose holds it."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import above, below
from kapstone.care.evaluation.logic import Known, or_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def low(intake: Intake, policy: Policy) -> Known:
    """Whether the saturation is below the limit, or far below the patient's own."""
    both = intake.spo2_percent is not None and intake.spo2_usual_percent is not None
    drop = intake.spo2_usual_percent - intake.spo2_percent if both else None  # type: ignore[operator]
    return or_(
        below(intake.spo2_percent, policy.number("evaluation.predose.spo2_low_percent")),
        above(drop, policy.number("evaluation.predose.spo2_drop_points")),
    )


RULE = Rule(
    id="E22",
    title="Oxygen before the dose",
    phase="each_dose",
    severity=Severity.HOLD,
    source="evaluation.predose.spo2_low_percent",
    numbers=("evaluation.predose.spo2_drop_points",),
    needs=(
        "spo2_percent",
        "spo2_usual_percent",
    ),
    condition=low,
    because=marked(
        "Oxygen saturation is below {spo2_low_percent} %, or more than {spo2_drop_points} points "
        "below the patient's usual."
    ),
    clears=marked("It is back in range on room air."),
)
