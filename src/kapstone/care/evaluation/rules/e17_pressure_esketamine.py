"""Before esketamine a raised pressure is measured again, and the delay is weighed."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import above
from kapstone.care.evaluation.logic import Known, and_, not_, or_
from kapstone.care.evaluation.rule import ESKETAMINE, Rule, Severity
from kapstone.care.evidence import Policy, claim, marked


def too_high(intake: Intake, policy: Policy) -> Known:
    """Whether either pressure is above the limit of this age."""
    figure = claim("esketamine-predose-pressure").figure
    usual, older = figure("systolic_mmhg"), figure("systolic_over_65_mmhg")
    over_65 = above(intake.age_years, figure("older_than_years"))
    systolic = or_(
        and_(above(intake.systolic_mmhg, usual), not_(over_65)),
        above(intake.systolic_mmhg, older),
    )
    return or_(systolic, above(intake.diastolic_mmhg, figure("diastolic_mmhg")))


def the_limit(intake: Intake, policy: Policy) -> dict[str, object]:
    """The systolic limit that was used, in mmHg."""
    figure = claim("esketamine-predose-pressure").figure
    over_65 = above(intake.age_years, figure("older_than_years"))
    return {"limit": figure("systolic_over_65_mmhg" if over_65 else "systolic_mmhg")}


RULE = Rule(
    id="E17",
    title="Pressure before esketamine",
    phase="each_dose",
    formats=ESKETAMINE,
    severity=Severity.HOLD,
    source="esketamine-predose-pressure",
    needs=(
        "systolic_mmhg",
        "diastolic_mmhg",
        "birth_date",
        "evaluated_on",
    ),
    condition=too_high,
    because=marked(
        "The pressure is above {limit}/{diastolic_mmhg} mmHg; measure again after a rest and weigh a delay."
    ),
    clears=marked(
        "A reading at or below the limit after 10 to 15 minutes of rest, or the prescriber "
        "documents why the benefit outweighs it."
    ),
    says=the_limit,
)
