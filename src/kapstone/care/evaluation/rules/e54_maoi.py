"""A monoamine oxidase inhibitor may raise the blood pressure further."""

from kapstone.care.evaluation.medicines import named, takes
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import marked

RULE = Rule(
    id="E54",
    title="MAO inhibitor",
    severity=Severity.REVIEW,
    source="esketamine-label-pressors",
    needs=("medicines",),
    condition=takes("maoi"),
    because=marked("{taken}, a monoamine oxidase inhibitor: the blood pressure may rise further."),
    clears=marked("The prescriber documents how the blood pressure is watched."),
    says=named("maoi"),
)
