"""Mania, hypomania or a mixed state now is treated first."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E27",
    title="Mania now",
    severity=Severity.BLOCK,
    source="columbia-trial-exclusions",
    needs=("mania_current",),
    condition=answered_yes("mania_current"),
    because=marked("There is mania, hypomania or a mixed state now."),
    clears=marked("A psychiatrist documents that it has ended."),
)
