"""Racemic ketamine before two failed trials is earlier than guidance places it."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.resistance import by_the_other_line, failed_trials
from kapstone.care.evaluation.rule import RACEMIC, Rule, Severity
from kapstone.care.evidence import Policy, marked


def too_few_for_guidance(intake: Intake, policy: Policy) -> Known:
    """Whether fewer trials failed than guidance speaks of."""
    enough = int(policy.number("evaluation.trials.failures_for_resistance"))
    return failed_trials(intake.trials, policy).fewer_than(enough)


RULE = Rule(
    id="E04",
    title="Few failed trials",
    formats=RACEMIC,
    severity=Severity.REVIEW,
    source="trd-two-trials-guidance",
    numbers=(
        "evaluation.trials.failures_for_resistance",
        "evaluation.trials.minimum_weeks",
        "evaluation.trials.failed_below_percent",
        "evaluation.trials.label_response_percent",
    ),
    needs=("trials",),
    condition=too_few_for_guidance,
    because=marked(
        "Fewer than {failures_for_resistance} adequate trials failed in this episode (at "
        "least {minimum_weeks} weeks at an adequate dose, response below "
        "{failed_below_percent} %); guidance places ketamine later. By the line of the label trials "
        "({label_response_percent} % or less) {label_count} failed."
    ),
    clears=marked("The prescriber documents why ketamine is weighed now."),
    says=by_the_other_line,
)
