"""Some antipsychotics may weaken the effect."""

from kapstone.care.evaluation.medicines import named, takes
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import marked

RULE = Rule(
    id="E58",
    title="Clozapine, haloperidol or risperidone",
    severity=Severity.INFO,
    source="ketamine-psychiatric-medicines",
    needs=("medicines",),
    condition=takes("antipsychotic_that_may_attenuate"),
    because=marked("{taken}: effects of ketamine may be weaker, on low-quality evidence."),
    clears=marked("Nothing to clear."),
    says=named("antipsychotic_that_may_attenuate"),
)
