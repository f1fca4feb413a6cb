"""Whether naltrexone takes away the effect is not settled."""

from kapstone.care.evaluation.medicines import named, takes
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import marked

RULE = Rule(
    id="E62",
    title="Naltrexone",
    severity=Severity.INFO,
    source="ketamine-naltrexone",
    needs=("medicines",),
    condition=takes("naltrexone"),
    because=marked("{taken}: studies disagree on whether it takes away the effect of ketamine."),
    clears=marked("Nothing to clear."),
    says=named("naltrexone"),
)
