"""A name that the table does not know was not checked; that is never read as harmless."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_
from kapstone.care.evaluation.medicines import strangers, unrecognised
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def not_checked(intake: Intake, policy: Policy) -> Known:
    """Whether a name is unknown and nobody looked it up."""
    return and_(policy.on("evaluation.medicines.unrecognised_holds"), unrecognised(intake, policy))


def the_names(intake: Intake, policy: Policy) -> dict[str, object]:
    """The names, as they were written."""
    return {"taken": ", ".join(each.name for each in strangers(intake))}


RULE = Rule(
    id="A14",
    title="Medicine not checked",
    severity=Severity.HOLD,
    source="evaluation.medicines.unrecognised_holds",
    needs=("medicines",),
    condition=not_checked,
    because=marked("Not checked against the interaction rules: {taken}. The name is not in the table."),
    clears=marked("The name is spelled as on the package, or a clinician writes that it was looked up."),
    says=the_names,
)
