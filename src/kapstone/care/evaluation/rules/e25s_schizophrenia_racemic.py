"""A schizophrenia spectrum diagnosis: racemic ketamine is not given."""

from kapstone.care.evaluation.rule import RACEMIC, Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E25S",
    title="Schizophrenia spectrum, racemic",
    formats=RACEMIC,
    severity=Severity.BLOCK,
    source="toronto-clinic-exclusions",
    needs=("schizophrenia_spectrum",),
    condition=answered_yes("schizophrenia_spectrum"),
    because=marked("There is a schizophrenia spectrum diagnosis; ketamine can bring psychosis back."),
    clears=marked("A psychiatrist documents that the diagnosis does not hold."),
)
