"""The query of the prescription monitoring programme (PDMP)."""

from collections.abc import Mapping
from datetime import date

from kapstone.care.evaluation.clearance.kind import ClearanceTest, Result, Value, ValueKind
from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evidence import Policy, marked

FINDINGS = (
    ("nothing", marked("Nothing on record")),
    ("as_told", marked("Only what the patient told us")),
    ("more", marked("More than the patient told us")),
)


def needed(intake: Intake, policy: Policy) -> Known:
    """Of everybody."""
    return True


def fills(taken: date, result: Result, judged: Result) -> Mapping[str, object]:
    """The day of the query. What was found is weighed by the reader and by the rules on each medicine."""
    return {"pdmp_on": taken}


TEST = ClearanceTest(
    id="pdmp",
    place=6,
    name=marked("Prescription monitoring (PDMP)"),
    taken=marked("Checked on"),
    valid_days="evaluation.tests.pdmp_days",
    values=(
        Value(
            name="finding",
            words=marked("Finding"),
            kind=ValueKind.CHOICE,
            options=FINDINGS,
            hint=marked("Where there is more, write it under “Note”, and add the medicines to the evaluation."),
        ),
    ),
    needed=needed,
    needed_words=marked("It is asked before the first dose of every patient."),
    not_needed_words=marked("Not needed."),
    day_field="pdmp_on",
    fields=("pdmp_on",),
    fills=fills,
    says=lambda result: dict(FINDINGS)[str(result["finding"])],
)
