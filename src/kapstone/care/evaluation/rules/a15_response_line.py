"""Where the two response lines count differently, both counts are told."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.resistance import LABEL, by_the_other_line, failed_trials
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def lines_differ(intake: Intake, policy: Policy) -> Known:
    """Whether enough trials failed by the one line, and not by the other."""
    enough = int(policy.number("evaluation.trials.failures_for_resistance"))
    usual = failed_trials(intake.trials, policy).fewer_than(enough)
    label = failed_trials(intake.trials, policy, LABEL).fewer_than(enough)
    if usual is None or (label is None and not usual):
        return None
    return usual != label


RULE = Rule(
    id="A15",
    title="Response line",
    severity=Severity.INFO,
    source="evaluation.trials.label_response_percent",
    numbers=("evaluation.trials.failed_below_percent", "evaluation.trials.failures_for_resistance"),
    needs=("trials",),
    condition=lines_differ,
    because=marked(
        "With response below {failed_below_percent} % at least {failures_for_resistance} trials failed; by the line "
        "of the label trials ({label_response_percent} % or less) {label_count} failed."
    ),
    clears=marked("Nothing to clear; the prescriber knows which line was used."),
    says=by_the_other_line,
)
