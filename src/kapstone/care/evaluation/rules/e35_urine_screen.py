"""A urine screen that nothing explains is looked into before the first dose."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E35",
    title="Urine screen not explained",
    phase="course_start",
    severity=Severity.HOLD,
    source="urine-toxicology",
    needs=("urine_screen_unexplained",),
    condition=answered_yes("urine_screen_unexplained"),
    because=marked(
        "The urine screen is positive for something that no prescription explains. THC alone does not hold."
    ),
    clears=marked("A repeated or confirming test, or an explanation on file."),
)
