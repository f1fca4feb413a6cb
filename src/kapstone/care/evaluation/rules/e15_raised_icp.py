"""Pressure in the skull may rise further under ketamine."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E15",
    title="Raised intracranial pressure",
    severity=Severity.BLOCK,
    source="esketamine-trial-cardiovascular-exclusions",
    needs=("raised_icp",),
    condition=answered_yes("raised_icp"),
    because=marked("Raised intracranial pressure, a mass, hydrocephalus or a shunt is known."),
    clears=marked("A neurologist rules it out."),
)
