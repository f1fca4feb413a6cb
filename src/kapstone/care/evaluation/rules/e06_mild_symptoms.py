"""Below the entry severity of trials the evidence is thin; not asked of a patient in maintenance."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_
from kapstone.care.evaluation.phq9 import total_range
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def below_entry(intake: Intake, policy: Policy) -> Known:
    """Whether both scales are below their lines; one above decides it, whatever the other says."""
    madrs = policy.number("evaluation.severity.madrs_entry")
    return and_(_phq9_below(intake, policy), None if intake.madrs is None else intake.madrs < madrs)


def _phq9_below(intake: Intake, policy: Policy) -> Known:
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
    numbers=("evaluation.severity.madrs_entry",),
    needs=(
        "phq9",
        "madrs",
    ),
    not_in=("maintenance",),
    condition=below_entry,
    because=marked(
        "The PHQ-9 total is below {phq9_entry} and the MADRS total below {madrs_entry}, under the "
        "entry lines of published cohorts."
    ),
    clears=marked("The prescriber documents the benefit expected."),
)
