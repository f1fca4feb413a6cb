"""With a history of the heart, or from a certain age, an ECG stands before the first dose."""

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.limits import above, older_than
from kapstone.care.evaluation.logic import Known, and_, or_
from kapstone.care.evaluation.rule import Rule, Severity
from kapstone.care.evidence import Policy, marked


def needed_and_old(intake: Intake, policy: Policy) -> Known:
    """Whether an ECG is needed and the last lies too far back."""
    needed = or_(
        intake.heart_event_12_months,
        intake.heart_failure,
        intake.arrhythmia_uncontrolled,
        above(intake.age_years, policy.number("evaluation.heart.ecg_over_age_years")),
    )
    return and_(needed, older_than(intake.ecg_on, intake.evaluated_on, policy.number("evaluation.heart.ecg_days")))


RULE = Rule(
    id="E14E",
    title="ECG",
    phase="course_start",
    severity=Severity.REVIEW,
    source="evaluation.heart.ecg_days",
    numbers=("evaluation.heart.ecg_over_age_years",),
    needs=(
        "heart_event_12_months",
        "heart_failure",
        "arrhythmia_uncontrolled",
        "birth_date",
        "ecg_on",
        "evaluated_on",
    ),
    condition=needed_and_old,
    because=marked(
        "There is a history of the heart, or the patient is older than {ecg_over_age_years}, and "
        "the last ECG is older than {ecg_days} days."
    ),
    clears=marked("An ECG no older than {ecg_days} days."),
)
