"""A severe personality disorder is known before the first dose."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="A10",
    title="Severe personality disorder",
    severity=Severity.INFO,
    source="kap-clinic-exclusions",
    needs=("personality_disorder_severe",),
    condition=answered_yes("personality_disorder_severe"),
    because=marked("There is a severe personality disorder; some clinics leave such patients out."),
    clears=marked("Nothing to clear; the therapy plan says how it is met."),
)
