"""High blood pressure is brought under control before a course."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E20",
    title="Uncontrolled high blood pressure",
    severity=Severity.HOLD,
    source="evaluation.pressure.systolic_mmhg",
    numbers=("evaluation.pressure.diastolic_mmhg",),
    needs=("hypertension_uncontrolled",),
    condition=answered_yes("hypertension_uncontrolled"),
    because=marked(
        "High blood pressure is not controlled (mean of the last readings at or above "
        "{systolic_mmhg}/{diastolic_mmhg} mmHg)."
    ),
    clears=marked("Readings below {systolic_mmhg}/{diastolic_mmhg} mmHg on treatment."),
)
