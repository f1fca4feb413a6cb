"""After esketamine transport is arranged, or an adult takes the patient home."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_, not_, or_
from kapstone.care.evaluation.rule import ESKETAMINE, Rule, Severity
from kapstone.care.evidence import Policy, marked


def no_way_home(intake: Intake, policy: Policy) -> Known:
    """Whether neither an adult nor, where the policy takes it, arranged transport is there."""
    transport = and_(policy.on("evaluation.way_home.transport_for_esketamine"), intake.transport_arranged)
    return not_(or_(intake.escort_confirmed, transport))


RULE = Rule(
    id="E66E",
    title="No way home",
    phase="each_dose",
    formats=ESKETAMINE,
    severity=Severity.BLOCK,
    source="esketamine-way-home",
    numbers=("evaluation.way_home.transport_for_esketamine",),
    needs=(
        "escort_confirmed",
        "transport_arranged",
    ),
    condition=no_way_home,
    because=marked("No transport is arranged and nobody takes the patient home."),
    clears=marked("Transport is arranged, or an adult is confirmed by name."),
)
