"""What a kind of test is: its name, the values it takes, how long it counts, who needs it, and what it fills."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from kapstone.care.evaluation.intake import Intake
from kapstone.care.evaluation.logic import Known
from kapstone.care.evidence import Policy, marked
from kapstone.care.quantities import Instant


class BadResult(ValueError):
    """One sentence on what is wrong; `name` is the value it is about."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


class ValueKind(StrEnum):
    """What a value looks like."""

    NUMBER = "number"
    CHOICE = "choice"
    PRESSURES = "pressures"


class Pressure(NamedTuple):
    """One reading of a series, in mm Hg."""

    at: Instant
    systolic_mmhg: int
    diastolic_mmhg: int


Given = Decimal | str | tuple[Pressure, ...]
Result = Mapping[str, Given]


class Reading(StrEnum):
    """What the person who reads a result says of it."""

    CLEAR = "clear"
    WEIGH = "weigh"
    REPEAT = "repeat"

    @property
    def words(self) -> str:
        """The choice as the reader sees it."""
        return {
            Reading.CLEAR: marked("Use it. Nothing in it stands in the way."),
            Reading.WEIGH: marked("Use it. There is something to weigh."),
            Reading.REPEAT: marked("Do not use it. Test again."),
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One thing to copy from a result. `low` and `high` are what can be typed in earnest, and no limit of care."""

    name: str
    words: str
    kind: ValueKind = ValueKind.NUMBER
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()
    required: bool = True
    hint: str = ""

    @property
    def bounds(self) -> str:
        """The sentence that refuses anything else."""
        if self.kind == ValueKind.CHOICE:
            return f"{self.words}: choose one."
        return f"{self.words}: write a number from {self.low} to {self.high} {self.unit}."


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceTest:
    """One kind of test. `valid_days` is a policy line; a result counts up to that many days after it was taken.

    `values` are copied from the result by whoever enters it; `judged` are answered by whoever reads it, where
    `judged_if` says so of the result. `day_field`
    is the field of the intake whose age a rule looks at; where `aged_by_rule` is false no rule does, and a result
    that no longer counts is not known any more. `check` raises BadResult where values do not go together.
    """

    id: str
    place: int
    name: str
    taken: str
    valid_days: str
    values: tuple[Value, ...] = ()
    judged: tuple[Value, ...] = ()
    judged_if: Callable[[Result], bool] = lambda result: True
    needed: Callable[[Intake, Policy], Known]
    needed_words: str
    not_needed_words: str
    depends_on: tuple[str, ...] = ()
    day_field: str
    aged_by_rule: bool = True
    fields: tuple[str, ...]
    fills: Callable[[date, Result, Result], Mapping[str, object]]
    says: Callable[[Result], str]
    check: Callable[[Result], object] = lambda result: None
