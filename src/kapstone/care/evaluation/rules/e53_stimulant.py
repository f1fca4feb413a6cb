"""A stimulant may raise the blood pressure further."""

from kapstone.care.evaluation.medicines import named, takes
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import marked

RULE = Rule(
    id="E53",
    title="Stimulant",
    severity=Severity.REVIEW,
    source="esketamine-label-pressors",
    needs=("medicines",),
    condition=takes("stimulant"),
    because=marked(
        "{taken}: the blood pressure may rise further. Holding it on the dose day is the clinician's choice."
    ),
    clears=marked("The prescriber documents what is taken on a dose day and how the blood pressure is watched."),
    says=named("stimulant"),
)
