"""A failing heart or a severely narrowed valve cannot take the extra work."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E13",
    title="Heart failure or valve disease",
    severity=Severity.BLOCK,
    source="ketamine-heart-failure",
    needs=("heart_failure",),
    condition=answered_yes("heart_failure"),
    because=marked(
        "There is decompensated heart failure, heart failure that limits daily life, or severe aortic stenosis."
    ),
    clears=marked("A cardiologist documents that it is compensated and releases the patient in writing."),
)
