"""A head injury that still gives symptoms is weighed."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E30",
    title="Head injury with symptoms",
    severity=Severity.REVIEW,
    source="toronto-clinic-exclusions",
    needs=("traumatic_brain_injury",),
    condition=answered_yes("traumatic_brain_injury"),
    because=marked("A head injury still gives symptoms; some clinics leave such patients out."),
    clears=marked("The prescriber documents a neurologist's advice."),
)
