"""Without signed consent and documented capacity no course starts."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, not_, or_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def not_consented(intake: Intake, policy: Policy) -> Known:
    """Whether either is missing."""
    return or_(not_(intake.consent_signed), not_(intake.capacity_documented))


RULE = Rule(
    id="E68",
    title="Consent or capacity missing",
    phase="course_start",
    severity=Severity.STOP,
    source="off-label-consent",
    needs=("consent_signed", "capacity_documented"),
    condition=not_consented,
    because=marked("Consent is not signed, or the capacity to give it is not documented."),
    clears=marked("Consent is signed and capacity is documented."),
)
