"""Esketamine is given only to enrolled patients in certified settings."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, not_, or_
from kapstone.care.evaluation.rule import ESKETAMINE, Rule, Severity
from kapstone.care.evidence import Policy, marked


def outside_rems(intake: Intake, policy: Policy) -> Known:
    """Whether either is missing."""
    return or_(not_(intake.rems_enrolled), not_(intake.site_rems_certified))


RULE = Rule(
    id="E69",
    title="REMS not in place",
    phase="course_start",
    formats=ESKETAMINE,
    severity=Severity.STOP,
    source="esketamine-rems",
    needs=("rems_enrolled", "site_rems_certified"),
    condition=outside_rems,
    because=marked("The patient is not enrolled in the REMS, or the setting is not certified."),
    clears=marked("The patient is enrolled and the setting is certified."),
)
