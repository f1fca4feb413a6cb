"""Esketamine for treatment-resistant depression asks for two adequate trials that failed."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known, and_
from kapstone.care.evaluation.resistance import by_the_other_line, failed_trials
from kapstone.care.evaluation.rule import ESKETAMINE, Rule, Severity
from kapstone.care.evidence import Policy, marked


def too_few_for_label(intake: Intake, policy: Policy) -> Known:
    """Whether it is for resistant major depression, and fewer trials failed than the label asks for."""
    enough = int(policy.number("evaluation.trials.failures_for_resistance"))
    return and_(
        None if intake.diagnosis is None else intake.diagnosis == "mdd",
        None if intake.indication is None else intake.indication == "trd",
        failed_trials(intake.trials, policy).fewer_than(enough),
    )


RULE = Rule(
    id="E03",
    title="Too few failed trials for esketamine",
    formats=ESKETAMINE,
    severity=Severity.BLOCK,
    source="esketamine-trd-two-trials",
    numbers=(
        "evaluation.trials.failures_for_resistance",
        "evaluation.trials.minimum_weeks",
        "evaluation.trials.failed_below_percent",
        "evaluation.trials.label_response_percent",
    ),
    needs=("diagnosis", "indication", "trials"),
    condition=too_few_for_label,
    because=marked(
        "Fewer than {failures_for_resistance} adequate trials failed in this episode (at "
        "least {minimum_weeks} weeks at an adequate dose, response below "
        "{failed_below_percent} %), so the treatment-resistant indication is not met. By the line of the label "
        "trials ({label_response_percent} % or less) {label_count} failed."
    ),
    clears=marked("A further adequate trial has failed, or the prescriber documents the other labelled indication."),
    says=by_the_other_line,
)
