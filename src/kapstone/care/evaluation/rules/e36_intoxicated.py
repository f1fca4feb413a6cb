"""Nobody is given a dose while intoxicated."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def holds(intake: Intake, policy: Policy) -> Known:
    """Whether there is intoxication and the clinic's policy holds the dose for it."""
    return and_(policy.on("evaluation.day.intoxication_holds"), intake.intoxicated_today)


RULE = Rule(
    id="E36",
    title="Intoxicated today",
    phase="each_dose",
    severity=Severity.HOLD,
    source="evaluation.day.intoxication_holds",
    needs=("intoxicated_today",),
    condition=holds,
    because=marked("Alcohol, cannabis or a sedative was taken today and shows."),
    clears=marked("It has worn off, as a clinician documents."),
)
