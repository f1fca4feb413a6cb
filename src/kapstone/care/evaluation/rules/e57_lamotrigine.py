"""Lamotrigine may weaken the effect; it is not stopped for this reason alone."""

from kapstone.care.evaluation.medicines import named, takes
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import marked

RULE = Rule(
    id="E57",
    title="Lamotrigine",
    severity=Severity.INFO,
    source="ketamine-psychiatric-medicines",
    needs=("medicines",),
    condition=takes("lamotrigine"),
    because=marked(
        "{taken}: in 2 of 5 studies effects of ketamine were weaker. It is not stopped for this reason alone."
    ),
    clears=marked("Nothing to clear."),
    says=named("lamotrigine"),
)
