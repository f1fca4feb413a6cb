"""A course as a path through days: each dose on one day, the next so many days later, never too many in a week."""

from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import pairwise

from ortools.sat.python import cp_model

from .candidates import Open
from .problem import Patient

Literal = cp_model.IntVar
WEEK = 7


@dataclass(slots=True)
class Path:
    """`on` holds for each dose its days, `days` for each day whether any dose is on it."""

    on: dict[int, dict[int, Literal]] = field(default_factory=dict)
    days: dict[int, Literal] = field(default_factory=dict)
    missing: int | None = None
    """The first dose for which no day is left, if there is one."""


def path(cp: cp_model.CpModel, open_: Open, patient: Patient, days: Collection[int]) -> Path:
    """The path of a patient over the days that are open to them."""
    found = Path()
    for number in patient.numbers:
        found.on[number] = {day: cp.new_bool_var("") for day in open_.days_for(patient, number) if day in days}
        if not found.on[number]:
            found.missing = number
            return found
        cp.add_exactly_one(found.on[number].values())
    for day in sorted({day for on in found.on.values() for day in on}):
        here = found.days[day] = cp.new_bool_var("")
        cp.add(sum(on[day] for on in found.on.values() if day in on) == here)
    for earlier, later in pairwise(patient.numbers):
        _follows(cp, found.on[earlier], found.on[later], *patient.gap_after(earlier))
    for first in sorted({*found.days, *patient.held}):
        week = [literal for day, literal in found.days.items() if first <= day < first + WEEK]
        left = patient.most_per_week - sum(first <= day < first + WEEK for day in patient.held)
        if len(week) > left:
            cp.add(sum(week) <= max(left, 0))
    return found


def _follows(cp: cp_model.CpModel, on: dict[int, Literal], then: dict[int, Literal], least: int, most: int) -> None:
    """Each day of a dose has a day of the next one in reach, and the other way round."""
    for day, literal in on.items():
        cp.add_bool_or([literal.negated(), *(then[one] for one in then if least <= one - day <= most)])
    for day, literal in then.items():
        cp.add_bool_or([literal.negated(), *(on[one] for one in on if least <= day - one <= most)])
