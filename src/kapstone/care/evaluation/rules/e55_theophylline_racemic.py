"""Theophylline with racemic ketamine can bring seizures."""

from kapstone.care.evaluation.medicines import named, takes
from kapstone.care.evaluation.rule import RACEMIC, Rule, Severity
from kapstone.care.evidence import marked

RULE = Rule(
    id="E55",
    title="Theophylline, racemic",
    formats=RACEMIC,
    severity=Severity.BLOCK,
    source="ketalar-theophylline",
    needs=("medicines",),
    condition=takes("theophylline"),
    because=marked("{taken} is not given together with ketamine, because of seizures."),
    clears=marked("It has been stopped, by the doctor who prescribes it."),
    says=named("theophylline"),
)
