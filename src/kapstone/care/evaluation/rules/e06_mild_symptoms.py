"""Below the entry severity of trials the evidence is thin; not asked of a patient in maintenance."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.phq9 import total_range
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def below_entry(intake: Intake, policy: Policy) -> Known:
    """Whether the total is below the line, also when some items are blank but cannot change it."""
    low, high = total_range(intake.phq9)
    entry = policy.number("evaluation.severity.phq9_entry")
    if low >= entry:
        return False
    return True if high < entry else None


RULE = Rule(
    id="E06",
    title="Symptoms below entry severity",
    severity=Severity.REVIEW,
    source="evaluation.severity.phq9_entry",
    needs=("phq9",),
    not_in=("maintenance",),
    condition=below_entry,
    because=marked("The PHQ-9 total is below {phq9_entry}, under the entry line of published cohorts."),
    clears=marked("The prescriber documents the benefit expected, or a clinician-rated scale shows more."),
)
