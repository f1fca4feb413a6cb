"""Comparisons of a value that may not be known with a limit: an unknown value gives an unknown answer."""

from datetime import date
from decimal import Decimal

from .logic import Known

Number = Decimal | int | None


def above(value: Number, limit: Decimal) -> Known:
    """Whether the value lies above the limit."""
    return None if value is None else value > limit


def at_least(value: Number, limit: Decimal) -> Known:
    """Whether the value reaches the limit."""
    return None if value is None else value >= limit


def below(value: Number, limit: Decimal) -> Known:
    """Whether the value lies below the limit."""
    return None if value is None else value < limit


def older_than(day: date | None, today: date | None, days: Decimal) -> Known:
    """Whether a day lies further back than so many days."""
    return None if day is None or today is None else (today - day).days > days
