"""The urine drug screen. Whether a prescription explains what was found is for the reader to say."""

from collections.abc import Mapping
from datetime import date

from kapstone.care.evaluation.clearance.kind import ClearanceTest, Result, Value, ValueKind
from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evidence import Policy, marked

RESULTS = (
    ("negative", marked("Negative for everything")),
    ("thc_only", marked("Positive for THC alone")),
    ("positive", marked("Positive for something else")),
)
EXPLAINED = (("yes", marked("Yes, all of it")), ("no", marked("No")))


def needed(intake: Intake, policy: Policy) -> Known:
    """Whether the clinic asks it of everybody."""
    return policy.on("evaluation.tests.urine_screen_for_all")


def fills(taken: date, result: Result, judged: Result) -> Mapping[str, object]:
    """The day, and whether something was found that nothing explains. Only a plain yes explains a positive screen."""
    positive = result["result"] == "positive"
    return {
        "urine_screen_on": taken,
        "urine_screen_unexplained": positive and judged.get("explained") != "yes",
    }


TEST = ClearanceTest(
    id="urine",
    place=2,
    name=marked("Urine drug screen"),
    taken=marked("Day of the sample"),
    valid_days="evaluation.tests.urine_screen_days",
    values=(
        Value(
            name="result",
            words=marked("Result"),
            kind=ValueKind.CHOICE,
            options=RESULTS,
            hint=marked("Write under “Note” what it was positive for."),
        ),
    ),
    judged=(
        Value(
            name="explained",
            words=marked("Does a prescription explain what was found?"),
            kind=ValueKind.CHOICE,
            options=EXPLAINED,
        ),
    ),
    judged_if=lambda result: result["result"] == "positive",
    needed=needed,
    needed_words=marked("The clinic asks it of every patient."),
    not_needed_words=marked("Asked for on suspicion only."),
    day_field="urine_screen_on",
    fields=("urine_screen_on", "urine_screen_unexplained"),
    fills=fills,
    says=lambda result: dict(RESULTS)[str(result["result"])],
)
