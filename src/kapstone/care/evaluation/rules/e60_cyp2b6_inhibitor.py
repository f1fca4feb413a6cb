"""A CYP2B6 inhibitor raises the exposure to ketamine by mouth."""

from kapstone.care.evaluation.medicines import named, takes
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import marked

RULE = Rule(
    id="E60",
    title="CYP2B6 inhibitor",
    formats=("sl", "po"),
    severity=Severity.REVIEW,
    source="oral-ketamine-enzymes",
    needs=("medicines",),
    condition=takes("cyp2b6_inhibitor"),
    because=marked("{taken}: more ketamine stays in the blood after a dose by mouth or a lozenge."),
    clears=marked("The prescriber documents another medicine, another format, or how the dose is weighed."),
    says=named("cyp2b6_inhibitor"),
)
