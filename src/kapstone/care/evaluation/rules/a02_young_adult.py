"""The boxed warning on suicidality in young adults is shown; it gates nothing."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, claim, marked


def young_adult(intake: Intake, policy: Policy) -> Known:
    """Whether the age is within that of the boxed warning."""
    age, figure = intake.age_years, claim("antidepressant-boxed-warning-young-adults").figure
    return None if age is None else figure("from_age_years") <= age <= figure("to_age_years")


RULE = Rule(
    id="A02",
    title="Young adult",
    severity=Severity.INFO,
    source="antidepressant-boxed-warning-young-adults",
    needs=("birth_date", "evaluated_on"),
    condition=young_adult,
    because=marked(
        "The patient is between {from_age_years} and {to_age_years}: the boxed warning of "
        "antidepressants on suicidal thoughts and behaviour applies."
    ),
    clears=marked("Nothing to clear; mood and suicidal thoughts are watched closely."),
)
