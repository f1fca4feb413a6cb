"""A stroke or TIA at any time is weighed."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E12",
    title="Stroke or TIA",
    severity=Severity.REVIEW,
    source="esketamine-trials-stroke",
    needs=("stroke_or_tia",),
    condition=answered_yes("stroke_or_tia"),
    because=marked("There was a stroke or a transient ischaemic attack; the trials left such patients out."),
    clears=marked("The prescriber documents what a neurologist advised and how the pressure is watched."),
)
