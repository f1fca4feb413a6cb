"""Other medicines that raise the pressure are watched with racemic ketamine."""

from kapstone.care.evaluation.medicines import named, takes
from kapstone.care.evaluation.rule import RACEMIC, Rule, Severity
from kapstone.care.evidence import marked

RULE = Rule(
    id="E56",
    title="Medicine that raises the pressure",
    formats=RACEMIC,
    severity=Severity.REVIEW,
    source="ketalar-sympathomimetics",
    needs=("medicines",),
    condition=takes("sympathomimetic", "vasopressin"),
    because=marked("{taken}: the blood pressure may rise further."),
    clears=marked("The prescriber documents whether it is left out on a dose day."),
    says=named("sympathomimetic", "vasopressin"),
)
