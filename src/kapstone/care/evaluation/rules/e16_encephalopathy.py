"""Past hypertensive encephalopathy asks for intensive monitoring."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E16",
    title="Hypertensive encephalopathy",
    severity=Severity.REVIEW,
    source="esketamine-encephalopathy",
    needs=("hypertensive_encephalopathy",),
    condition=answered_yes("hypertensive_encephalopathy"),
    because=marked(
        "There was a hypertensive encephalopathy: intensive monitoring, and only if the benefit outweighs the risk."
    ),
    clears=marked("The prescriber documents the benefit and the plan of monitoring."),
)
