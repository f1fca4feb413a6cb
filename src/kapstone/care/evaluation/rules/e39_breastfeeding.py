"""Breastfeeding: the drug passes into milk and is not recommended."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E39",
    title="Breastfeeding",
    severity=Severity.BLOCK,
    source="esketamine-pregnancy-lactation",
    needs=("breastfeeding",),
    condition=answered_yes("breastfeeding"),
    because=marked("The patient is breastfeeding; the drug is not recommended."),
    clears=marked("Breastfeeding has ended or is paused as the prescriber documents."),
)
