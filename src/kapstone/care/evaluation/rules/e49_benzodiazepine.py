"""A benzodiazepine adds to sedation and may shorten the effect."""

from kapstone.care.evaluation.medicines import named, takes
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import marked

RULE = Rule(
    id="E49",
    title="Benzodiazepine",
    severity=Severity.REVIEW,
    source="ketamine-benzodiazepines",
    needs=("medicines",),
    condition=takes("benzodiazepine"),
    because=marked("{taken}: more sedation, slower breathing, and perhaps less effect. It is not stopped abruptly."),
    clears=marked("The prescriber documents the plan for it."),
    says=named("benzodiazepine"),
)
