"""A blank PHQ-9 item 9 is a question nobody asked."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.phq9 import item_9
from kapstone.care.evaluation.rule import Rule, Severity, Urgency
from kapstone.care.evidence import Policy, marked


def unasked(intake: Intake, policy: Policy) -> Known:
    """Whether item 9 stands without an answer."""
    return item_9(intake.phq9) is None


RULE = Rule(
    id="E67B",
    title="Item 9 not asked",
    severity=Severity.INFO,
    urgency=Urgency.TODAY,
    source="evaluation.suicide.item9_today",
    needs=("phq9",),
    condition=unasked,
    because=marked("PHQ-9 item 9 was not asked. Ask today."),
    clears=marked("The question has been asked and answered."),
)
