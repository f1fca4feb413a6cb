"""Thoughts of death that were assessed and have not changed are shown with the day."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_
from kapstone.care.evaluation.phq9 import known_unchanged, some_suicidality
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def known(intake: Intake, policy: Policy) -> Known:
    """Whether there are such thoughts, assessed before and found unchanged."""
    return and_(some_suicidality(intake, policy) is True, known_unchanged(intake) is True)


def the_day(intake: Intake, policy: Policy) -> dict[str, object]:
    """The day of the last assessment."""
    return {"assessed_on": intake.suicidality_assessed_on}


RULE = Rule(
    id="E67C",
    title="Suicidal thoughts, known and unchanged",
    severity=Severity.INFO,
    source="evaluation.suicide.item9_today",
    needs=(
        "phq9",
        "asq_positive",
        "suicidality_unchanged",
        "suicidality_assessed_on",
    ),
    condition=known,
    because=marked(
        "Thoughts of being better off dead or of self-harm are known and unchanged; assessed on {assessed_on}."
    ),
    clears=marked("Nothing to clear; it is asked again at every visit."),
    says=the_day,
)
