"""A steroid or decongestant spray just before keeps esketamine out."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import below
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.rule import ESKETAMINE, Rule, Severity
from kapstone.care.evidence import Policy, claim, marked


def too_soon(intake: Intake, policy: Policy) -> Known:
    """Whether the spray was used too recently."""
    return below(intake.nasal_spray_min, claim("esketamine-fasting").figure("nasal_spray_min"))


RULE = Rule(
    id="E63",
    title="Nose spray before esketamine",
    phase="each_dose",
    formats=ESKETAMINE,
    severity=Severity.HOLD,
    source="esketamine-fasting",
    needs=("nasal_spray_min",),
    condition=too_soon,
    because=marked("A steroid or decongestant nose spray was used less than {nasal_spray_min} minutes ago."),
    clears=marked("{nasal_spray_min} minutes have passed."),
)
