"""The pressure in the eye rises for a while."""

from kapstone.care.evaluation.rule import Rule, Severity, answered_yes
from kapstone.care.evidence import marked

RULE = Rule(
    id="E24",
    title="Eye pressure",
    severity=Severity.REVIEW,
    source="esketamine-trials-eye",
    needs=("eye_pressure",),
    condition=answered_yes("eye_pressure"),
    because=marked(
        "There is untreated narrow-angle glaucoma, an eye injury, or planned eye surgery; the "
        "pressure in the eye may rise."
    ),
    clears=marked("An eye doctor's advice is on file."),
)
