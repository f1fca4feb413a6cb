"""An earlier bad awakening is known before the first dose."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="A09",
    title="Earlier emergence reaction",
    severity=Severity.INFO,
    source="ketamine-emergence-reactions",
    needs=("emergence_reaction",),
    condition=answered_yes("emergence_reaction"),
    because=marked("There was a bad reaction on waking from ketamine or an anaesthetic; the team prepares for it."),
    clears=marked("Nothing to clear; the plan for the session says how it is met."),
)
