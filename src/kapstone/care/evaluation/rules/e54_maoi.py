"""A monoamine oxidase inhibitor may raise the blood pressure further."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E54",
    title="MAO inhibitor",
    severity=Severity.REVIEW,
    source="esketamine-label-pressors",
    needs=("maoi",),
    condition=answered_yes("maoi"),
    because=marked("A monoamine oxidase inhibitor is taken; the blood pressure may rise further."),
    clears=marked("The prescriber documents how the blood pressure is watched."),
)
