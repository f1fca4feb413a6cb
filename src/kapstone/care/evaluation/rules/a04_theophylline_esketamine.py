"""Theophylline is weighed before esketamine."""

from kapstone.care.evaluation.medicines import named, takes
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
    because=marked("{taken}: with ketamine it can bring seizures; with esketamine it is weighed."),
    clears=marked("The prescriber documents why both are given."),
    says=named("theophylline"),
)
