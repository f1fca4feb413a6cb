"""Nobody under 18 is treated: a stop that the program does not let anyone override."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, claim, marked


def under_age(intake: Intake, policy: Policy) -> Known:
    """Whether the patient is younger than the minimum on the day of the evaluation."""
    age = intake.age_years
    return None if age is None else age < claim("esketamine-adults-only").figure("minimum_age_years")


RULE = Rule(
    id="E01",
    title="Under 18",
    severity=Severity.STOP,
    source="esketamine-adults-only",
    needs=("birth_date", "evaluated_on"),
    condition=under_age,
    because=marked("The patient is under {minimum_age_years}."),
    clears=marked("This stands until the {minimum_age_years}th birthday."),
)
