"""A long QT is weighed before a medicine against nausea that makes it longer."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import above
from kapstone.care.evaluation.logic import Known, and_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def long_and_planned(intake: Intake, policy: Policy) -> Known:
    """Whether QTc is above the limit and such a medicine is planned."""
    return and_(intake.antiemetic_planned, above(intake.qtc_ms, policy.number("evaluation.heart.qtc_ms")))


RULE = Rule(
    id="E14Q",
    title="Long QT and a medicine against nausea",
    severity=Severity.REVIEW,
    source="evaluation.heart.qtc_ms",
    needs=(
        "antiemetic_planned",
        "qtc_ms",
    ),
    condition=long_and_planned,
    because=marked("QTc is above {qtc_ms} ms, and a medicine against nausea that prolongs QT is planned."),
    clears=marked("Another medicine against nausea is chosen, or QTc is at or below {qtc_ms} ms."),
)
