"""A first tick on PHQ-9 item 9 is looked at on the same day."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.phq9 import item_9
from kapstone.care.evaluation.rule import Rule, Severity, Urgency
from kapstone.care.evidence import Policy, marked


def ticked(intake: Intake, policy: Policy) -> Known:
    """Whether item 9 reaches the line of today and not yet that of now."""
    value = item_9(intake.phq9)
    if value is None:
        # Rule E67B says that it was not asked; saying it twice helps nobody.
        return False
    today, now = (policy.number(f"evaluation.suicide.item9_{when}") for when in ("today", "now"))
    return today <= value < now


RULE = Rule(
    id="E67A",
    title="Item 9 above 0",
    severity=Severity.INFO,
    urgency=Urgency.TODAY,
    source="evaluation.suicide.item9_today",
    needs=("phq9",),
    condition=ticked,
    because=marked(
        "PHQ-9 item 9 was answered with {item9_today} or more: thoughts of being better off "
        "dead or of self-harm. See the patient today."
    ),
    clears=marked("A clinician has asked about it today."),
)
