"""An active substance use disorder rules out treatment at home."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E31H",
    title="Active substance use disorder, at home",
    setting="home",
    severity=Severity.BLOCK,
    source="home-cohort-exclusions",
    needs=("substance_use_disorder_active",),
    condition=answered_yes("substance_use_disorder_active"),
    because=marked("A substance use disorder is active; the drug is not given at home."),
    clears=marked("Treatment takes place in the clinic."),
)
