"""GLP-1 agonists delay emptying of the stomach."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_
from kapstone.care.evaluation.medicines import takes
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def on_glp1(intake: Intake, policy: Policy) -> Known:
    """Whether a GLP-1 agonist is taken and the clinic reviews it."""
    return and_(policy.on("evaluation.medicines.glp1_reviewed"), takes("glp1_agonist")(intake, policy))


RULE = Rule(
    id="A01",
    title="GLP-1 agonist",
    severity=Severity.REVIEW,
    source="evaluation.medicines.glp1_reviewed",
    needs=("medicines",),
    condition=on_glp1,
    because=marked(
        "A GLP-1 agonist is taken; the stomach may not be empty. Gut symptoms on a dosing day hold the dose."
    ),
    clears=marked("The prescriber documents fasting and the question on gut symptoms."),
)
