"""A stimulant may raise the blood pressure further."""

from kapstone.care.evaluation.medicines import takes
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import marked

RULE = Rule(
    id="E53",
    title="Stimulant",
    severity=Severity.REVIEW,
    source="esketamine-label-pressors",
    needs=("medicines",),
    condition=takes("stimulant"),
    because=marked("A stimulant is taken; the blood pressure may rise further."),
    clears=marked("The prescriber documents what happens with it on dosing days."),
)
