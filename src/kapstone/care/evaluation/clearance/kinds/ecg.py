"""The ECG: needed with a history of the heart, or from a certain age."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from kapstone.care.evaluation.clearance.kind import ClearanceTest, Result, Value
from kapstone.care.evaluation.intake import Intake, asks
from kapstone.care.evaluation.limits import above
from kapstone.care.evaluation.logic import Known, or_
from kapstone.care.evidence import Policy, marked

QTC = asks()["qtc_ms"]


def needed(intake: Intake, policy: Policy) -> Known:
    """Whether the heart's history or the age asks for one."""
    return or_(
        intake.heart_event_12_months,
        intake.heart_failure,
        intake.arrhythmia_uncontrolled,
        above(intake.age_years, policy.number("evaluation.heart.ecg_over_age_years")),
    )


def fills(taken: date, result: Result, judged: Result) -> Mapping[str, object]:
    """The day and the QTc."""
    return {"ecg_on": taken, "qtc_ms": result["qtc_ms"]}


TEST = ClearanceTest(
    id="ecg",
    place=3,
    name=marked("ECG"),
    taken=marked("Day of the ECG"),
    valid_days="evaluation.heart.ecg_days",
    values=(
        Value(
            name="qtc_ms",
            words=marked("QTc"),
            low=Decimal(QTC.low),
            high=Decimal(QTC.high),
            unit="ms",
            hint=marked("As printed on the ECG, in milliseconds."),
        ),
    ),
    needed=needed,
    needed_words=marked("The history of the heart or the age asks for one."),
    not_needed_words=marked("Not needed: no history of the heart, and younger than the age from which it is asked."),
    depends_on=("heart_event_12_months", "heart_failure", "arrhythmia_uncontrolled", "birth_date"),
    day_field="ecg_on",
    fields=("ecg_on", "qtc_ms"),
    fills=fills,
    says=lambda result: f"QTc {result['qtc_ms']} ms",
)
