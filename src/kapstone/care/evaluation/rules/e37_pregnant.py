"""Pregnancy: the drug may harm the fetus."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E37",
    title="Pregnant",
    severity=Severity.BLOCK,
    source="esketamine-pregnancy-lactation",
    needs=("pregnant",),
    condition=answered_yes("pregnant"),
    because=marked("The patient is pregnant; the drug may harm the fetus."),
    clears=marked("The pregnancy has ended."),
)
