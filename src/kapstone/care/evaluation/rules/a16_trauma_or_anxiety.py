"""Trauma and lasting anxiety inform the plan, and the trial that found nothing for trauma is told."""

from collections.abc import Mapping

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import at_least
from kapstone.care.evaluation.logic import Known, or_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, claim, marked


def troubled(intake: Intake, policy: Policy) -> Known:
    """Whether the PCL-5 reaches its cut-off range, or the GAD-7 its moderate band."""
    return or_(
        at_least(intake.pcl5, claim("pcl-5-scoring").figure("cut_off_low")),
        at_least(intake.gad7, claim("gad-7-scoring").figure("moderate")),
    )


def cut_offs(intake: Intake, policy: Policy) -> Mapping[str, object]:
    """The two cut-offs, for the sentence."""
    return {
        "pcl5_points": claim("pcl-5-scoring").figure("cut_off_low"),
        "gad7_points": claim("gad-7-scoring").figure("moderate"),
    }


RULE = Rule(
    id="A16",
    title="Trauma or anxiety",
    severity=Severity.INFO,
    source="ketamine-ptsd-trial",
    needs=("pcl5", "gad7"),
    condition=troubled,
    because=marked(
        "The PCL-5 total is {pcl5_points} or more, or the GAD-7 total {gad7_points} or more: it informs the therapy "
        "plan. A double-blind trial of {people} people with PTSD found no effect of {infusions} infusions on the "
        "PCL-5; depression improved."
    ),
    clears=marked("Nothing to clear; the therapy plan says how it is met."),
    says=cut_offs,
)
