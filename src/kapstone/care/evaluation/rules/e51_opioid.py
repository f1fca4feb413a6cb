"""An opioid adds to sedation and slow breathing."""

from kapstone.care.evaluation.medicines import named, takes
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import marked

RULE = Rule(
    id="E51",
    title="Opioid",
    severity=Severity.REVIEW,
    source="ketalar-depressants",
    needs=("medicines",),
    condition=takes("opioid", "opioid_agonist_treatment"),
    because=marked("{taken}: deep sedation, slow breathing and a longer recovery are possible."),
    clears=marked("The prescriber documents the plan for it and how breathing is watched."),
    says=named("opioid", "opioid_agonist_treatment"),
)
