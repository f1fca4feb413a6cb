"""After racemic ketamine an adult takes the patient home."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, not_
from kapstone.care.evaluation.rule import RACEMIC, Rule, Severity
from kapstone.care.evidence import Policy, marked


def nobody(intake: Intake, policy: Policy) -> Known:
    """Whether it is known that no adult takes the patient home."""
    return not_(intake.escort_confirmed)


RULE = Rule(
    id="E66",
    title="No adult to take the patient home",
    phase="each_dose",
    formats=RACEMIC,
    severity=Severity.BLOCK,
    source="esketamine-way-home",
    needs=("escort_confirmed",),
    condition=nobody,
    because=marked("Nobody is confirmed who takes the patient home."),
    clears=marked("A responsible adult is confirmed by name."),
)
