"""Theophylline with esketamine is weighed, by analogy with ketamine."""

from kapstone.care.evaluation.rule import ESKETAMINE, Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="A04",
    title="Theophylline, esketamine",
    formats=ESKETAMINE,
    severity=Severity.REVIEW,
    source="ketalar-theophylline",
    needs=("theophylline",),
    condition=answered_yes("theophylline"),
    because=marked(
        "Theophylline or aminophylline is taken; with ketamine it can cause seizures, and "
        "esketamine is half of ketamine."
    ),
    clears=marked("The prescriber documents the seizure risk."),
)
