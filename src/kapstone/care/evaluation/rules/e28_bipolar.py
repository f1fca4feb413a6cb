"""Bipolar depression asks for a mood stabiliser and a watch for switching."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def bipolar(intake: Intake, policy: Policy) -> Known:
    """Whether the diagnosis is bipolar disorder."""
    return None if intake.diagnosis is None else intake.diagnosis == "bipolar"


RULE = Rule(
    id="E28",
    title="Bipolar depression",
    severity=Severity.REVIEW,
    source="va-criteria-exclusions",
    needs=("diagnosis",),
    condition=bipolar,
    because=marked("The diagnosis is bipolar disorder; programmes differ on whether to treat it."),
    clears=marked("The prescriber documents the mood stabiliser and how a switch is watched for."),
)
