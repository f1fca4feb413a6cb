"""For acute suicidal thoughts esketamine goes with an antidepressant by mouth."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_, not_
from kapstone.care.evaluation.rule import ESKETAMINE, Rule, Severity
from kapstone.care.evidence import Policy, marked


def without_oral(intake: Intake, policy: Policy) -> Known:
    """Whether this is the indication, and no antidepressant by mouth goes with it."""
    acute = None if intake.indication is None else intake.indication == "mdsi"
    return and_(acute, not_(intake.oral_antidepressant))


RULE = Rule(
    id="E05",
    title="No antidepressant by mouth",
    formats=ESKETAMINE,
    severity=Severity.BLOCK,
    source="esketamine-mdsi-oral",
    needs=(
        "indication",
        "oral_antidepressant",
    ),
    condition=without_oral,
    because=marked(
        "Esketamine for depression with acute suicidal thoughts is approved only together with an "
        "antidepressant by mouth."
    ),
    clears=marked("An antidepressant by mouth is prescribed beside it."),
)
