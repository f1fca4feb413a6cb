"""Acute suicidality is met now; it is never by itself a reason to refuse treatment."""

from kapstone.care.evaluation.phq9 import acute_suicidality as acute
from kapstone.care.evaluation.rule import Rule, Severity, Urgency
from kapstone.care.evidence import marked

RULE = Rule(
    id="E67",
    title="Acute suicidality",
    severity=Severity.INFO,
    urgency=Urgency.NOW,
    source="evaluation.suicide.item9_now",
    needs=("phq9", "asq_acute", "clinician_urgent_flag"),
    condition=acute,
    because=marked("Assess now. Do not leave alone. This is by itself no reason to refuse treatment."),
    clears=marked("A clinician has assessed the patient and written down what follows."),
)
