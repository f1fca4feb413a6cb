"""Acute porphyria is a caution with racemic ketamine."""

from kapstone.care.evaluation.rule import RACEMIC, Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E46",
    title="Acute porphyria",
    formats=RACEMIC,
    severity=Severity.REVIEW,
    source="ketamine-smpc-cautions",
    needs=("porphyria",),
    condition=answered_yes("porphyria"),
    because=marked("There is acute porphyria; texts on ketamine ask for caution."),
    clears=marked("The prescriber documents a specialist's advice."),
)
