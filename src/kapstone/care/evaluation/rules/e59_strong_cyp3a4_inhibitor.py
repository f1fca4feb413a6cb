"""A strong CYP3A4 inhibitor raises the exposure to racemic ketamine, most of all by mouth."""

from kapstone.care.evaluation.medicines import named, takes
from kapstone.care.evaluation.rule import RACEMIC, Rule, Severity
from kapstone.care.evidence import marked

RULE = Rule(
    id="E59",
    title="Strong CYP3A4 inhibitor",
    formats=RACEMIC,
    severity=Severity.REVIEW,
    source="oral-ketamine-enzymes",
    needs=("medicines",),
    condition=takes("cyp3a4_strong_inhibitor"),
    because=marked("{taken}: more ketamine stays in the blood, most of all after a dose by mouth or a lozenge."),
    clears=marked("The prescriber documents another medicine, another format, or how the dose is weighed."),
    says=named("cyp3a4_strong_inhibitor"),
)
