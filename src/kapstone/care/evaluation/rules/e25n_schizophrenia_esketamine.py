"""A schizophrenia spectrum diagnosis: esketamine is weighed with care."""

from kapstone.care.evaluation.rule import ESKETAMINE, Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E25N",
    title="Schizophrenia spectrum, esketamine",
    formats=ESKETAMINE,
    severity=Severity.REVIEW,
    source="esketamine-label-psychosis",
    needs=("schizophrenia_spectrum",),
    condition=answered_yes("schizophrenia_spectrum"),
    because=marked(
        "There is a schizophrenia spectrum diagnosis; the label starts esketamine only when the "
        "benefit outweighs the risk."
    ),
    clears=marked("A psychiatrist documents that the benefit outweighs the risk."),
)
