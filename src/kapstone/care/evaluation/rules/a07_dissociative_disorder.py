"""A dissociative disorder is weighed, because the medicine dissociates."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def reviewed(intake: Intake, policy: Policy) -> Known:
    """Whether there is one and the clinic reviews it."""
    return and_(policy.on("evaluation.mind.dissociative_disorder_reviewed"), intake.dissociative_disorder)


RULE = Rule(
    id="A07",
    title="Dissociative disorder",
    severity=Severity.REVIEW,
    source="evaluation.mind.dissociative_disorder_reviewed",
    needs=("dissociative_disorder",),
    condition=reviewed,
    because=marked("There is a dissociative disorder; the medicine itself brings dissociation."),
    clears=marked("The therapist and the prescriber document how the patient is prepared and accompanied."),
)
