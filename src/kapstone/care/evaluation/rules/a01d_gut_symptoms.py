"""On a GLP-1 agonist, gut symptoms on the day hold the dose."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_
from kapstone.care.evaluation.medicines import takes
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def full(intake: Intake, policy: Policy) -> Known:
    """Whether such a medicine is taken, there are gut symptoms, and the clinic holds for it."""
    on_it = and_(policy.on("evaluation.medicines.glp1_reviewed"), takes("glp1_agonist")(intake, policy))
    return and_(on_it, intake.gut_symptoms_today)


RULE = Rule(
    id="A01D",
    title="Gut symptoms on a GLP-1 agonist",
    phase="each_dose",
    severity=Severity.HOLD,
    source="evaluation.medicines.glp1_reviewed",
    needs=(
        "medicines",
        "gut_symptoms_today",
    ),
    condition=full,
    because=marked(
        "A GLP-1 agonist is taken and there is nausea, vomiting, bloating or belly pain today: "
        "the stomach may be full."
    ),
    clears=marked("The symptoms are gone, or the stomach is known to be empty."),
)
