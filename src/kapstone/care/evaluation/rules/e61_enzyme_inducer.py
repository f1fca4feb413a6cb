"""An inducer lowers the exposure to ketamine by mouth."""

from kapstone.care.evaluation.medicines import named, takes
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import marked

RULE = Rule(
    id="E61",
    title="Enzyme inducer",
    formats=("sl", "po"),
    severity=Severity.REVIEW,
    source="oral-ketamine-enzymes",
    needs=("medicines",),
    condition=takes("enzyme_inducer"),
    because=marked("{taken}: less ketamine stays in the blood after a dose by mouth or a lozenge."),
    clears=marked("The prescriber documents another format, or that a weaker effect is accepted."),
    says=named("enzyme_inducer"),
)
