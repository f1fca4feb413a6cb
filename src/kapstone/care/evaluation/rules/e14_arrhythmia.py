"""An arrhythmia that is not controlled is weighed."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E14",
    title="Uncontrolled arrhythmia",
    severity=Severity.REVIEW,
    source="columbia-trial-arrhythmia",
    needs=("arrhythmia_uncontrolled",),
    condition=answered_yes("arrhythmia_uncontrolled"),
    because=marked("There is an arrhythmia that is not controlled."),
    clears=marked("An ECG and a cardiologist's advice are on file."),
)
