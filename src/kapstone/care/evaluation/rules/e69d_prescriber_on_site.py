"""Esketamine is given only where a prescriber and an oximeter are at hand."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, not_
from kapstone.care.evaluation.rule import ESKETAMINE, Rule, Severity
from kapstone.care.evidence import Policy, marked


def missing_on_site(intake: Intake, policy: Policy) -> Known:
    """Whether either is known to be missing."""
    return not_(intake.prescriber_and_oximeter)


RULE = Rule(
    id="E69D",
    title="No prescriber or oximeter",
    phase="each_dose",
    formats=ESKETAMINE,
    severity=Severity.BLOCK,
    source="esketamine-rems",
    needs=("prescriber_and_oximeter",),
    condition=missing_on_site,
    because=marked("There is no prescriber or no pulse oximeter on site."),
    clears=marked("Both are on site."),
)
