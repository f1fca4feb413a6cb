"""A high dose of benzodiazepines was an exclusion of a trial."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.medicines import lorazepam_equivalent, named
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, claim, marked


def high(intake: Intake, policy: Policy) -> Known:
    """Whether the daily sum is above the trial's limit; not known while a dose is missing that could decide it."""
    limit = claim("columbia-trial-benzodiazepine").figure("lorazepam_mg")
    found = lorazepam_equivalent(intake)
    if found is None:
        return None
    total, whole = found
    if total > limit:
        return True
    return False if whole else None


RULE = Rule(
    id="E50",
    title="High dose of benzodiazepines",
    severity=Severity.REVIEW,
    source="columbia-trial-benzodiazepine",
    needs=("medicines",),
    condition=high,
    because=marked(
        "{taken}: more than {lorazepam_mg} mg a day of lorazepam or its equivalent (conversions "
        "not verified). It is not stopped abruptly."
    ),
    clears=marked("The prescriber documents the plan for it."),
    says=named("benzodiazepine"),
)
