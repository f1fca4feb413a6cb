"""How an unanswered question is tried out: what counts as unanswered, and what is put in its place."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.spec.evaluation.people import ITEMS, failed, phq9, someone

from kapstone.care.evaluation import Intake, Medicine, Rule, Severity, Trial, asks
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.medicines import ingredients
from kapstone.care.evaluation.missing import missing_fields
from kapstone.care.evidence import Policy, default_policy, marked

POLICY = default_policy()
TODAY = date(2026, 3, 2)
THIRTY_YEARS = timedelta(days=365 * 30)


def made_up(*needs: str, condition: Any = lambda intake, policy: None) -> Rule:
    """A rule that reads these fields."""
    return Rule(
        id="Z01",
        title="Made up",
        severity=Severity.INFO,
        source="evaluation.severity.phq9_entry",
        needs=needs,
        condition=condition,
        because=marked("Made up."),
        clears=marked("Made up."),
    )


def asked(intake: Intake, *needs: str) -> tuple[str, ...]:
    """What a rule asks that nothing decides: all of its fields that count as unanswered."""
    return missing_fields(made_up(*needs), intake, POLICY)


WHOLE = failed(adequate_dose=None, daily_mg=Decimal(100))
READING = (120, 80)


@pytest.mark.parametrize(
    ("field", "value", "unanswered"),
    [
        ("pregnant", None, True),
        ("pregnant", False, False),
        ("madrs", Decimal(0), False),
        ("phq9", {}, True),
        ("phq9", phq9(18), False),
        ("phq9", phq9(18, None), True),
        ("phq9", dict.fromkeys(ITEMS, 0), False),
        ("trials", None, True),
        ("trials", (), False),
        ("trials", (WHOLE,), False),
        ("trials", (WHOLE, replace(WHOLE, weeks=None)), True),
        ("trials", (replace(WHOLE, taken_as_prescribed=None),), True),
        ("trials", (replace(WHOLE, response_percent=None),), True),
        ("trials", (replace(WHOLE, stopped_for_side_effects=None),), True),
        ("trials", (replace(WHOLE, daily_mg=None),), True),
        ("trials", (replace(WHOLE, daily_mg=None, adequate_dose=False),), False),
        ("trials", (replace(WHOLE, weeks=0, response_percent=0, taken_as_prescribed=False),), False),
        ("trials", (Trial(drug="sertraline", kind="tms"),), False),
        ("trials", (replace(WHOLE, kind="psychotherapy"),), False),
        ("medicines", None, True),
        ("medicines", (), False),
        ("medicines", (Medicine(name="lorazepam", daily_mg=Decimal(1)),), False),
        ("medicines", (Medicine(name="lorazepam"),), True),
        ("medicines", (Medicine(name="benzodiazepine", daily_mg=Decimal(1)),), True),
        ("medicines", (Medicine(name="benzodiazepine", daily_mg=Decimal(1), checked=True),), False),
        ("pressures", None, True),
        ("pressures", (READING,) * 2, True),
        ("pressures", (READING,) * 3, False),
        ("pressures", (READING,) * 4, False),
    ],
)
def test_what_counts_as_unanswered(field: str, value: Any, unanswered: bool) -> None:
    intake = someone(**{field: value})
    assert asked(intake, field) == ((field,) if unanswered else ())


def tried(field: str, intake: Intake) -> list[Any]:
    """What a rule saw in a field while it was asked what it misses."""
    seen: list[Any] = []

    def look(intake: Intake, policy: Policy) -> Known:
        seen.append(getattr(intake, field))
        return None

    missing_fields(made_up(field, condition=look), intake, POLICY)
    return seen


NEVER_TRIED = replace(failed(), drug="-", weeks=1000, response_percent=0)
TWO = (Medicine(name="lorazepam", daily_mg=Decimal(2)), Medicine(name="sertraline"))


def doses(mg: int) -> tuple[Medicine, ...]:
    """Everything that the table knows, each at so many mg a day."""
    return tuple(Medicine(name=name, daily_mg=Decimal(mg)) for name in ingredients())


@pytest.mark.parametrize(
    ("field", "before", "expected"),
    [
        ("pregnant", None, [True, False]),
        ("madrs", None, [Decimal(asks()["madrs"].low), Decimal(asks()["madrs"].high)]),
        ("diagnosis", None, list(asks()["diagnosis"].options)),
        ("ecg_on", None, [TODAY, TODAY - THIRTY_YEARS]),
        # Nothing on record is later than the ECG of the day before.
        ("evaluated_on", None, [date(2026, 3, 1), date(2026, 3, 1) + THIRTY_YEARS]),
        ("phq9", {}, [dict.fromkeys(ITEMS, 0), dict.fromkeys(ITEMS, 3)]),
        ("phq9", phq9(18, None), [phq9(18, 0), phq9(21, 3)]),
        ("pressures", None, [(), ((60, 20),) * 3, ((300, 200),) * 3]),
        ("medicines", None, [(), (Medicine(name="?"),), doses(0), doses(100_000)]),
        (
            "medicines",
            TWO,
            [
                (replace(TWO[0], checked=True), replace(TWO[1], checked=True, daily_mg=Decimal(mg)))
                for mg in (0, 100_000)
            ],
        ),
        ("trials", None, [(), tuple(replace(NEVER_TRIED, drug=f"-{number}") for number in range(20))]),
    ],
)
def test_both_ends_of_a_scale_are_tried(field: str, before: Any, expected: list[Any]) -> None:
    assert tried(field, someone(**{field: before})) == expected


def test_with_nothing_on_record_any_day_will_do() -> None:
    some_day = date(2000, 6, 15)
    assert tried("evaluated_on", Intake()) == [some_day, some_day + THIRTY_YEARS]


@pytest.mark.parametrize("decides", [True, False])
def test_an_answer_that_decides_either_way_is_asked_before_the_others(decides: bool) -> None:
    rule = made_up("pregnant", "breastfeeding", condition=lambda intake, policy: decides if intake.pregnant else None)
    both = someone(pregnant=None, breastfeeding=None)
    assert missing_fields(rule, both, POLICY) == ("pregnant",)
