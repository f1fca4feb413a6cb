"""An overactive thyroid is treated first."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E45",
    title="Untreated overactive thyroid",
    severity=Severity.HOLD,
    source="ketamine-smpc-cautions",
    needs=("hyperthyroidism_uncontrolled",),
    condition=answered_yes("hyperthyroidism_uncontrolled"),
    because=marked("The thyroid is overactive and not treated; pulse and pressure may rise far."),
    clears=marked("Thyroid tests on treatment are in range."),
)
