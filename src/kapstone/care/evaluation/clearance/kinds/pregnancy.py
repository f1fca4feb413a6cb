"""The pregnancy test: asked of those who could become pregnant."""

from collections.abc import Mapping
from datetime import date

from kapstone.care.evaluation.clearance.kind import ClearanceTest, Result, Value, ValueKind
from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evidence import Policy, marked

RESULTS = (("negative", marked("Negative")), ("positive", marked("Positive")))


def needed(intake: Intake, policy: Policy) -> Known:
    """Whether the patient could become pregnant."""
    return intake.could_become_pregnant


def fills(taken: date, result: Result, judged: Result) -> Mapping[str, object]:
    """The day of a negative test. A positive one says pregnant, and no day is then that of a last negative test."""
    if result["result"] == "positive":
        return {"pregnant": True, "last_pregnancy_test": None}
    return {"last_pregnancy_test": taken}


TEST = ClearanceTest(
    id="pregnancy",
    place=1,
    name=marked("Pregnancy test"),
    taken=marked("Day of the test"),
    valid_days="evaluation.pregnancy.test_days",
    values=(Value(name="result", words=marked("Result"), kind=ValueKind.CHOICE, options=RESULTS),),
    needed=needed,
    needed_words=marked("The patient could become pregnant."),
    not_needed_words=marked("Not needed: the patient could not become pregnant."),
    depends_on=("could_become_pregnant",),
    day_field="last_pregnancy_test",
    fields=("last_pregnancy_test", "pregnant"),
    fills=fills,
    says=lambda result: dict(RESULTS)[str(result["result"])],
)
