"""The concentrate is never given into a vein undiluted."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import at_least
from kapstone.care.evaluation.logic import Known, and_, not_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, claim, marked


def undiluted(intake: Intake, policy: Policy) -> Known:
    """Whether the concentrate is used as it is."""
    concentrate = claim("ketalar-concentrate").figure("concentrate_mg_per_ml")
    return and_(at_least(intake.vial_mg_per_ml, concentrate), not_(intake.diluted))


RULE = Rule(
    id="A12",
    title="Undiluted concentrate",
    phase="each_dose",
    formats=("iv",),
    severity=Severity.STOP,
    source="ketalar-concentrate",
    needs=(
        "vial_mg_per_ml",
        "diluted",
    ),
    condition=undiluted,
    because=marked("The vial holds {concentrate_mg_per_ml} mg/mL and is not diluted."),
    clears=marked("It is diluted, or a vial of another concentration is used."),
)
