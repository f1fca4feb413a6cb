"""Who could become pregnant has a recent test before the first dose."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def test_too_old(intake: Intake, policy: Policy) -> Known:
    """Whether a test is needed and the last one is too old; an unknown test stays unknown."""
    return and_(intake.could_become_pregnant, _old(intake, policy))


def _old(intake: Intake, policy: Policy) -> Known:
    if intake.last_pregnancy_test is None or intake.evaluated_on is None:
        return None
    days = (intake.evaluated_on - intake.last_pregnancy_test).days
    return days > policy.number("evaluation.pregnancy.test_days")


RULE = Rule(
    id="E38",
    title="No recent pregnancy test",
    phase="course_start",
    severity=Severity.HOLD,
    source="evaluation.pregnancy.test_days",
    needs=("could_become_pregnant", "last_pregnancy_test", "evaluated_on"),
    condition=test_too_old,
    because=marked("The patient could become pregnant and has no pregnancy test from the past {test_days} days."),
    clears=marked("A pregnancy test no older than {test_days} days."),
)
