"""How a field of an intake is declared: what it is called, who answers it, and what counts as an answer."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class BadIntake(ValueError):
    """One sentence that names the field and what would be right."""


class Who(StrEnum):
    """Whom the field is asked of first. A clinician may answer or correct every one."""

    PATIENT = "patient"
    CLINICIAN = "clinician"
    TEST = "test"
    DOSE_DAY = "dose_day"


class Kind(StrEnum):
    """What an answer looks like."""

    YES_NO = "yes_no"
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"
    POINTS = "points"
    TRIALS = "trials"
    MEDICINES = "medicines"
    PRESSURES = "pressures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question. `low` and `high` are the ends of what can be typed in earnest, and no limit of care."""

    kind: Kind
    words: str
    who: Who
    low: int = 0
    high: int = 0
    unit: str = ""
    options: tuple[str, ...] = ()
    may_be_future: bool = False


def asked(kind: Kind, words: str, who: Who, **more: Any) -> Any:
    """A field of an intake that nobody has answered yet: None."""
    return field(default=None, metadata={"ask": Ask(kind=kind, words=words, who=who, **more)})


def yes_no(words: str, who: Who = Who.PATIENT) -> Any:
    """A question answered by yes or no."""
    return asked(Kind.YES_NO, words, who)


def day(words: str, who: Who) -> Any:
    """A day that is not in the future of the evaluation."""
    return asked(Kind.DAY, words, who)


def number(words: str, who: Who, low: int, high: int, unit: str) -> Any:
    """A whole or decimal number with its unit."""
    return asked(Kind.NUMBER, words, who, low=low, high=high, unit=unit)


def choice(words: str, who: Who, options: tuple[str, ...]) -> Any:
    """One of a few words."""
    return asked(Kind.CHOICE, words, who, options=options)
