"""A patient for whom a rise in blood pressure is a serious hazard is not given racemic ketamine."""

from kapstone.care.evaluation.rule import RACEMIC, Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E10",
    title="Pressure rise a serious hazard",
    formats=RACEMIC,
    severity=Severity.BLOCK,
    source="ketalar-pressure-hazard",
    needs=("pressure_rise_hazard",),
    condition=answered_yes("pressure_rise_hazard"),
    because=marked(
        "A clinician judges that a rise in blood pressure would be a serious hazard; this is a "
        "contraindication of ketamine."
    ),
    clears=marked("The clinician who judged so documents that it no longer holds."),
)
