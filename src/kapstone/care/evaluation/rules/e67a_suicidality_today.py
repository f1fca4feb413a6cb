"""New or worse thoughts of death are looked at on the same day."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_, not_
from kapstone.care.evaluation.phq9 import known_unchanged, some_suicidality
from kapstone.care.evaluation.rule import Rule, Severity, Urgency
from kapstone.care.evidence import Policy, marked


def new_or_worse(intake: Intake, policy: Policy) -> Known:
    """Whether there are such thoughts that nobody has assessed and found unchanged.

    Where it was not asked, rule E67B says so; saying it twice helps nobody.
    """
    return and_(some_suicidality(intake, policy) is True, not_(known_unchanged(intake) is True))


RULE = Rule(
    id="E67A",
    title="Suicidal thoughts, new or worse",
    severity=Severity.INFO,
    urgency=Urgency.TODAY,
    source="evaluation.suicide.item9_today",
    needs=(
        "phq9",
        "asq_positive",
        "suicidality_unchanged",
        "suicidality_assessed_on",
    ),
    condition=new_or_worse,
    because=marked(
        "PHQ-9 item 9 was answered with {item9_today} or more, or the ASQ was positive: thoughts "
        "of being better off dead or of self-harm. See the patient today."
    ),
    clears=marked("A clinician has asked about it today."),
)
