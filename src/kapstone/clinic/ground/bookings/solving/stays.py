"""What stays ask of chairs, nurses and prescribers, by how many begin when: they are counted, not told apart."""

from collections import defaultdict

from ortools.sat.python import cp_model

from .candidates import Open, Pool
from .path import Literal
from .problem import Phase, Problem, Span

Counted = dict[tuple[int, str], Literal]
"""How many stays of a format begin at a minute."""


def count(cp: cp_model.CpModel, literals: list[Literal], most: int) -> Literal:
    """How many of these are chosen, as one number: what is counted often is summed once."""
    if len(literals) == 1:
        return literals[0]
    found = cp.new_int_var(0, most, "")
    cp.add(sum(literals) == found)
    return found


def chairs(cp: cp_model.CpModel, open_: Open, pool: Pool, counted: Counted) -> None:
    """Never more stays than chairs, looked at whenever one begins."""
    for moment in sorted({minute for minute, _ in counted}):
        here = [
            count
            for (minute, format_id), count in counted.items()
            if minute <= moment < minute + open_.problem.formats[format_id].stay_min
        ]
        cp.add(sum(here) <= len(pool.chairs))


def people(cp: cp_model.CpModel, open_: Open, day: int, counted: Counted) -> None:
    """Nurses and prescribers: at each moment enough of them, each with patients of one kind only."""
    for role in ("nurse", "prescriber"):
        _enough(cp, open_, day, role, counted)


def _enough(cp: cp_model.CpModel, open_: Open, day: int, role: str, counted: Counted) -> None:
    parts = [
        (phase.span.after(minute), phase.patients_per_person, count)
        for (minute, format_id), count in counted.items()
        for phase in open_.problem.formats[format_id].phases()
        if phase.role == role
    ]
    fixed = [(span, phase) for span, phase, _ in open_.held(role) if open_.problem.all_days[day].meets(span)]
    looked: set[tuple[object, ...]] = set()
    for moment in _moments(open_.problem, day, role, parts, fixed):
        here: dict[int, list[Literal]] = defaultdict(list)
        standing: dict[int, int] = defaultdict(int)
        for span, ratio, count in parts:
            if span.start <= moment < span.end:
                here[ratio].append(count)
        for span, phase in fixed:
            if span.start <= moment < span.end:
                standing[phase.patients_per_person] += 1
        there = open_.on_duty(role, moment)
        numbers = ((ratio, *(one.index for one in here[ratio])) for ratio in sorted(here))
        same = (there, *sorted(standing.items()), *numbers)
        if here and same not in looked:
            looked.add(same)
            _staffed(cp, there, here, standing)


def _staffed(cp: cp_model.CpModel, there: int, here: dict[int, list[Literal]], standing: dict[int, int]) -> None:
    """Each person watches one kind of patients at a time: together no more people than work."""
    needed: list[cp_model.LinearExprT] = []
    for ratio in sorted({*here, *standing}):
        load = sum(here[ratio]) + standing[ratio]
        if ratio == 1:
            needed.append(load)
        else:
            staff = cp.new_int_var(0, there, "")
            cp.add(ratio * staff >= load)
            needed.append(staff)
    cp.add(sum(needed) <= there)


def _moments(
    problem: Problem,
    day: int,
    role: str,
    parts: list[tuple[Span, int, Literal]],
    fixed: list[tuple[Span, Phase]],
) -> list[int]:
    """When demand may rise or the number of people may fall: nowhere between can it be worse."""
    whole = problem.all_days[day]
    found = {span.start for span, _, _ in parts} | {span.start for span, _ in fixed}
    found |= {span.end for one in problem.people(role) for span in one.works if whole.start <= span.end < whole.end}
    return sorted(found)
