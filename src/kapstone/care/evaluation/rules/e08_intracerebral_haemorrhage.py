"""Past bleeding in the brain is a contraindication."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E08",
    title="Past intracerebral haemorrhage",
    severity=Severity.BLOCK,
    source="esketamine-label-contraindications",
    needs=("intracerebral_haemorrhage",),
    condition=answered_yes("intracerebral_haemorrhage"),
    because=marked("There was an intracerebral haemorrhage; a rise in blood pressure could cause another."),
    clears=marked("The history proves to be another condition."),
)
