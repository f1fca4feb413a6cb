"""An allergy to the drug or to what it is made up with is a contraindication."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E09",
    title="Hypersensitivity",
    severity=Severity.BLOCK,
    source="esketamine-label-contraindications",
    needs=("hypersensitivity",),
    condition=answered_yes("hypersensitivity"),
    because=marked("Hypersensitivity to ketamine, esketamine or an excipient is on record."),
    clears=marked("An allergist rules it out."),
)
