"""The pressure series: several readings with day and time, at home or in the clinic."""

from collections.abc import Mapping
from datetime import date

from kapstone.care.evaluation.clearance.kind import ClearanceTest, Result, Value, ValueKind
from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evidence import Policy, marked


def needed(intake: Intake, policy: Policy) -> Known:
    """Of everybody, because the drug raises the pressure."""
    return True


def fills(taken: date, result: Result, judged: Result) -> Mapping[str, object]:
    """All readings, oldest first; the rule takes the last ones."""
    series = result["readings"]
    assert isinstance(series, tuple)
    return {"pressures": tuple((one.systolic_mmhg, one.diastolic_mmhg) for one in series)}


def says(result: Result) -> str:
    """Every reading, oldest first."""
    series = result["readings"]
    assert isinstance(series, tuple)
    return ", ".join(f"{one.systolic_mmhg}/{one.diastolic_mmhg}" for one in series) + " mm Hg"


TEST = ClearanceTest(
    id="pressures",
    place=5,
    name=marked("Pressure series"),
    taken=marked("Day of the last reading"),
    valid_days="evaluation.pressure.series_days",
    values=(Value(name="readings", words=marked("Readings"), kind=ValueKind.PRESSURES, unit="mm Hg"),),
    needed=needed,
    needed_words=marked("The medicine raises the pressure, so it is asked of every patient."),
    not_needed_words=marked("Not needed."),
    day_field="pressures",
    aged_by_rule=False,
    fields=("pressures",),
    fills=fills,
    says=says,
)
