"""The same problem by whole days: what does not fit here fits nowhere, and that is proven in a moment.

A relaxation: days hold so many doses, therapists so many visits. Hours, rooms and who meets whom are left out.
"""

from collections import defaultdict
from enum import StrEnum

from ortools.sat.python import cp_model

from .candidates import Open
from .capacity import capacity
from .path import Literal, Path, path
from .problem import Patient

SECONDS = 4.0


class Short(StrEnum):
    """What there may be too little of."""

    DOSES = "doses in a day"
    VISITS = "visits in a day"


def impossible(open_: Open, own_only: bool, without: Short | None = None, seconds: float = SECONDS) -> bool:
    """Whether the problem is proven impossible by whole days. `without` leaves one kind of limit out."""
    cp = cp_model.CpModel()
    doses: dict[int, list[Literal]] = defaultdict(list)
    own: dict[tuple[str, int], list[Literal]] = defaultdict(list)
    any_: dict[int, list[Literal]] = defaultdict(list)
    for patient in open_.problem.patients:
        days = {start.day for start, _ in open_.doses(patient)}
        walked = path(cp, open_, patient, days)
        if walked.missing is not None:
            # Nothing at all is open for one dose; the model says for which.
            return False
        for day, literal in walked.days.items():
            doses[day].append(literal)
        for day, literal in _visits(cp, open_, patient, walked).items():
            any_[day].append(literal)
            if own_only and open_.own(patient) is not None:
                own[patient.therapist or "", day].append(literal)
    if without is not Short.DOSES:
        for day, literals in doses.items():
            cp.add(sum(literals) <= capacity(open_, day))
    if without is not Short.VISITS:
        for (name, day), literals in own.items():
            cp.add(sum(literals) <= hours(open_, day, name))
        for day, literals in any_.items():
            cp.add(sum(literals) <= hours(open_, day))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 8
    return bool(solver.solve(cp) == cp_model.INFEASIBLE)


def _visits(cp: cp_model.CpModel, open_: Open, patient: Patient, walked: Path) -> dict[int, Literal]:
    """For each day whether a visit of the patient is on it; after each dose one within the window's days."""
    found: dict[int, Literal] = {}
    visited = [number for number in patient.numbers if patient.visited(number)]
    if not visited or open_.problem.orphans:
        return found
    slots = {open_.problem.day_of(minute) for minute in open_.visit_slots(patient)}
    for day in walked.days:
        near = [one for one in reach(open_, patient, day) if one in slots]
        for one in near:
            found.setdefault(one, cp.new_bool_var(""))
        for number in visited:
            if day in walked.on[number]:
                cp.add_bool_or([walked.on[number][day].negated(), *(found[one] for one in near)])
    return found


def reach(open_: Open, patient: Patient, day: int) -> range:
    """The days on which the visit after a dose of this day may begin."""
    whole, format_ = open_.problem.all_days[day], open_.problem.formats[patient.format]
    opens, _ = open_.problem.window_of(whole.start + format_.dose_end_min)
    _, closes = open_.problem.window_of(whole.end)
    last = open_.problem.all_days[-1].end - 1
    return range(open_.problem.day_of(min(opens, last)), open_.problem.day_of(min(closes, last)) + 1)


def hours(open_: Open, day: int, name: str = "") -> int:
    """How many slots of a day a therapist has, or all of them together."""
    whole = open_.problem.all_days[day]
    return sum(
        open_.therapist_free(one, open_.slot(minute), remote=True)
        for minute in open_.slots
        if whole.start <= minute < whole.end
        for one in open_.problem.people("therapist")
        if not name or one.name == name
    )
