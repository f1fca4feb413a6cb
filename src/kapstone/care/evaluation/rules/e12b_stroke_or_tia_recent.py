"""A stroke or TIA in the past year blocks."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E12B",
    title="Recent stroke or TIA",
    severity=Severity.BLOCK,
    source="evaluation.head.stroke_months",
    needs=("stroke_or_tia_12_months",),
    condition=answered_yes("stroke_or_tia_12_months"),
    because=marked("A stroke or a transient ischaemic attack lies within the past {stroke_months} months."),
    clears=marked("{stroke_months} months have passed, or a neurologist releases the patient in writing."),
)
