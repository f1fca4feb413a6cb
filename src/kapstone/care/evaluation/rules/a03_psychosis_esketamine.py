"""Psychosis now: esketamine waits for a careful assessment."""

from kapstone.care.evaluation.rule import ESKETAMINE, Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="A03",
    title="Psychosis now, esketamine",
    formats=ESKETAMINE,
    severity=Severity.HOLD,
    source="esketamine-label-psychosis",
    needs=("psychosis_current",),
    condition=answered_yes("psychosis_current"),
    because=marked("There is psychosis now; esketamine waits until a psychiatrist has weighed benefit against risk."),
    clears=marked("A psychiatrist documents that the psychosis has ended, or that the benefit outweighs the risk."),
)
