"""Theophylline with esketamine is weighed, by analogy with ketamine."""

from kapstone.care.evaluation.medicines import takes
from kapstone.care.evaluation.rule import ESKETAMINE, Rule, Severity
from kapstone.care.evidence import marked

RULE = Rule(
    id="A04",
    title="Theophylline, esketamine",
    formats=ESKETAMINE,
    severity=Severity.REVIEW,
    source="ketalar-theophylline",
    needs=("medicines",),
    condition=takes("theophylline"),
    because=marked(
        "Theophylline or aminophylline is taken; with ketamine it can cause seizures, and "
        "esketamine is half of ketamine."
    ),
    clears=marked("The prescriber documents the seizure risk."),
)
