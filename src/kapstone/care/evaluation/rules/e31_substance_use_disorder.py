"""An active substance use disorder is weighed before a course."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E31",
    title="Active substance use disorder",
    severity=Severity.REVIEW,
    source="toronto-clinic-exclusions",
    needs=("substance_use_disorder_active",),
    condition=answered_yes("substance_use_disorder_active"),
    because=marked(
        "A substance use disorder was active within the past "
        "{months_since_substance_use_disorder} months; clinics differ on the interval."
    ),
    clears=marked("The prescriber documents risk, benefit and the treatment of the disorder."),
)
