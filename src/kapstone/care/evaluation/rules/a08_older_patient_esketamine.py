"""On esketamine the pressure of older patients rises further."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import at_least
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.rule import ESKETAMINE, Rule, Severity
from kapstone.care.evidence import Policy, claim, marked


def older(intake: Intake, policy: Policy) -> Known:
    """Whether the age reaches that of the label's table."""
    return at_least(intake.age_years, claim("esketamine-older-pressure").figure("from_age_years"))


RULE = Rule(
    id="A08",
    title="Older patient, esketamine",
    formats=ESKETAMINE,
    severity=Severity.INFO,
    source="esketamine-older-pressure",
    needs=(
        "birth_date",
        "evaluated_on",
    ),
    condition=older,
    because=marked(
        "The patient is {from_age_years} or older: in {older_percent} of 100 the systolic "
        "pressure rose by 40 mmHg or more, in {younger_percent} of 100 younger ones."
    ),
    clears=marked("Nothing to clear; the pressure is watched closely."),
)
