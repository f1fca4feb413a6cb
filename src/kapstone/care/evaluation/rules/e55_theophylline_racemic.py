"""Theophylline and racemic ketamine are not given together."""

from kapstone.care.evaluation.medicines import takes
from kapstone.care.evaluation.rule import RACEMIC, Rule, Severity
from kapstone.care.evidence import marked

RULE = Rule(
    id="E55",
    title="Theophylline",
    formats=RACEMIC,
    severity=Severity.BLOCK,
    source="ketalar-theophylline",
    needs=("medicines",),
    condition=takes("theophylline"),
    because=marked("Theophylline or aminophylline is taken; together with ketamine it can cause seizures."),
    clears=marked("It has been replaced."),
)
