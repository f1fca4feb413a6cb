"""The booking problem as a CP-SAT model on a block grid.

A course is a path: dose k on a day leads to dose k + 1 some days later. Chairs that are alike count as one pool, and
people of a role are counted at each moment at which somebody's part begins, so that neither chairs nor nurses are
told apart here; `assigned.py` names them afterwards, which always works: stays are intervals, hand-overs are allowed.

Doses are two days apart or more, so the windows of one patient's visits never overlap: a visit belongs to the dose in
whose window it lies, and times need not be told apart by the dose's number.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from ortools.sat.python import cp_model

from .candidates import Open, Pool, Start
from .capacity import FEW, capacity
from .path import Literal, Path, path
from .problem import DOSING, INTEGRATION, PREPARATION, Patient, Problem, Span
from .stays import chairs, count, people

Choice = tuple[Start, Pool, str]
"""When a dose begins, in which chairs, and which therapist sits beside it, if one does."""

StandIns = tuple[frozenset[str], bool]
"""Who could stand in for a patient's own therapist, and whether by video."""

WINDOW_MISSED, NOT_OWN, MOVED, A_TIME, A_DAY = 10**10, 10**8, 10**6, 10**4, 20
"""The order of what is wished for: the window, then the own therapist, then few people moved and few times of theirs,
then early doses; and last, a point for each half hour that a dose is from the hour that a patient likes best."""


@dataclass
class Course:
    """The choices of one patient; those of `visits` are slots with “by the own therapist”. `elsewhere` are times that
    change."""

    patient: Patient
    starts: dict[Choice, Literal] = field(default_factory=dict)
    path: Path = field(default_factory=Path)
    visits: dict[tuple[int, bool], Literal] = field(default_factory=dict)
    orphans: dict[int, Literal] = field(default_factory=dict)
    preparations: dict[int, dict[tuple[int, bool], Literal]] = field(default_factory=dict)
    moved: Literal | None = None
    elsewhere: list[Literal] = field(default_factory=list)


@dataclass
class Model:
    """The model with its choices. `empty` names demands for which nothing is open: then no solver is asked."""

    open: Open
    own_only: bool
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    courses: list[Course] = field(default_factory=list)
    empty: list[tuple[str, str, int]] = field(default_factory=list)

    @property
    def problem(self) -> Problem:
        """The problem it is about."""
        return self.open.problem

    def new(self) -> Literal:
        """A choice that is made or not."""
        return self.cp.new_bool_var("")


def build(open_: Open, own_only: bool = False) -> Model:
    """The model of a problem. `own_only` leaves out every therapist but the patient's own, where they have one."""
    model = Model(open_, own_only)
    for patient in open_.problem.patients:
        course = Course(patient)
        model.courses.append(course)
        _doses(model, course)
        if course.starts:
            _visits(model, course)
            _preparation(model, course)
            _apart(model, course)
            _moves(model, course)
    if not model.empty:
        _stays(model)
        _most_a_day(model)
        _therapists(model)
        _wishes(model)
    return model


def _doses(model: Model, course: Course) -> None:
    """One start on each day of the path."""
    days: dict[int, list[Literal]] = defaultdict(list)
    for start, pool in model.open.doses(course.patient):
        for sitter in _sitters(model, course.patient, start):
            literal = course.starts[start, pool, sitter] = model.new()
            days[start.day].append(literal)
    course.path = path(model.cp, model.open, course.patient, days)
    if course.path.missing is not None:
        model.empty.append((course.patient.name, DOSING, course.path.missing))
        course.starts.clear()
        return
    for day, literals in days.items():
        model.cp.add(sum(literals) == course.path.days.get(day, 0))


def _sitters(model: Model, patient: Patient, start: Start) -> list[str]:
    """The therapists who could sit with the patient; one empty name where nobody is asked to."""
    part = model.open.beside(patient, start.minute)
    if part is None:
        return [""]
    own = model.open.own(patient)
    people = [own] if own and model.own_only else [own, *model.open.others(patient)]
    return [one.name for one in people if one is not None and model.open.therapist_free(one, part)]


def _visits(model: Model, course: Course) -> None:
    """One visit in the window of each dose that has one, and none anywhere else."""
    patient, cp = course.patient, model.cp
    visited = [number for number in patient.numbers if patient.visited(number)]
    if not visited:
        return
    begins: dict[int, list[Literal]] = defaultdict(list)
    day_of: dict[int, int] = {}
    for (start, _, _), literal in course.starts.items():
        begins[start.minute].append(literal)
        day_of[start.minute] = start.day
    dose_end = model.problem.formats[patient.format].dose_end_min
    windows = {minute: model.problem.window_of(minute + dose_end) for minute in begins}
    reach: dict[int, list[Literal]] = defaultdict(list)
    for minute, own in _bookable(model, patient):
        near = [one for one, (opens, closes) in windows.items() if opens <= minute <= closes]
        if near:
            literal = course.visits[minute, own] = model.new()
            cp.add_bool_or([literal.negated(), *(one for begin in near for one in begins[begin])])
            for begin in near:
                reach[begin].append(literal)
    for minute, literals in begins.items():
        due = _due(model, course, day_of[minute], visited)
        orphan = [_orphan(model, course, day_of[minute])] if model.problem.orphans else []
        for literal in literals:
            cp.add_bool_or([literal.negated(), *(one.negated() for one in due), *reach[minute], *orphan])
    cp.add(sum(course.visits.values()) + sum(course.orphans.values()) == len(visited))
    if not course.visits and not model.problem.orphans:
        model.empty.append((patient.name, INTEGRATION, visited[0]))


def _due(model: Model, course: Course, day: int, visited: list[int]) -> list[Literal]:
    """What must hold besides for a visit to be due after a dose on this day: nothing where each dose has one."""
    if len(visited) == len(course.path.on):
        return []
    found = model.new()
    model.cp.add(sum(course.path.on[number][day] for number in visited if day in course.path.on[number]) == found)
    return [found]


def _orphan(model: Model, course: Course, day: int) -> Literal:
    """The dose of this day stands without its visit."""
    if day not in course.orphans:
        course.orphans[day] = model.new()
        model.cp.add_implication(course.orphans[day], course.path.days[day])
    return course.orphans[day]


def _bookable(model: Model, patient: Patient) -> list[tuple[int, bool]]:
    """Slots in which the patient's own therapist or another could see them."""
    own, others = model.open.own(patient), model.open.others(patient)
    if own is not None and model.own_only:
        others = []
    found: list[tuple[int, bool]] = []
    for minute in model.open.visit_slots(patient):
        part = model.open.slot(minute)
        if own is not None and model.open.therapist_free(own, part, patient.remote):
            found.append((minute, True))
        if any(model.open.therapist_free(one, part, patient.remote) for one in others):
            found.append((minute, False))
    return found


def _preparation(model: Model, course: Course) -> None:
    """So many visits, one after another, on days before the first dose."""
    patient = course.patient
    if patient.given:
        return
    slots = _bookable(model, patient)
    for number in range(1, patient.preparation + 1):
        choices = course.preparations[number] = {slot: model.new() for slot in slots}
        if not choices:
            model.empty.append((patient.name, PREPARATION, number))
            return
        model.cp.add_exactly_one(choices.values())
        for day, literal in course.path.on[1].items():
            midnight = model.problem.all_days[day].start
            before = [one for (minute, _), one in choices.items() if minute + model.problem.visit_min <= midnight]
            model.cp.add_bool_or([literal.negated(), *before])
    for earlier, later in pairwise(course.preparations.values()):
        for (minute, _), literal in earlier.items():
            model.cp.add_bool_or([literal.negated(), *(one for (after, _), one in later.items() if after > minute)])


def _apart(model: Model, course: Course) -> None:
    """No patient in two places: no visit meets a dose, nor two visits one another."""
    seen: dict[int, list[Literal]] = defaultdict(list)
    for choices in (course.visits, *course.preparations.values()):
        for (minute, _), literal in choices.items():
            seen[minute].append(literal)
    stay = model.problem.formats[course.patient.format].stay_min
    begins: dict[int, list[Literal]] = defaultdict(list)
    for (start, _, _), literal in course.starts.items():
        begins[start.minute].append(literal)
    for minute, literals in seen.items():
        slot = model.open.slot(minute)
        near = [one for begin, those in begins.items() if Span(begin, begin + stay).meets(slot) for one in those]
        if near or len(literals) > 1:
            model.cp.add_at_most_one([*near, *literals])


def _moves(model: Model, course: Course) -> None:
    """Whether the patient moves against the plan that stood, and which of their times do."""
    stood = [one for one in model.problem.base if one.patient == course.patient.name]
    if not stood:
        return
    course.moved = model.new()
    for booking in stood:
        begins = booking.span.start
        if booking.kind == DOSING:
            kept = [one for (start, _, _), one in course.starts.items() if start.minute == begins]
        elif booking.kind == PREPARATION:
            each = course.preparations.get(booking.number, {})
            kept = [one for (minute, _), one in each.items() if minute == begins]
        else:
            kept = [one for (minute, _), one in course.visits.items() if minute == begins]
        away = model.new()
        course.elsewhere.append(away)
        model.cp.add_bool_or([away, *kept])
        model.cp.add_implication(away, course.moved)


def _stays(model: Model) -> None:
    """Chairs and people for all stays together."""
    stays: dict[Pool, dict[tuple[int, str], list[Literal]]] = defaultdict(lambda: defaultdict(list))
    for course in model.courses:
        for (start, pool, _), literal in course.starts.items():
            stays[pool][start.minute, course.patient.format].append(literal)
    by_day: dict[int, dict[tuple[int, str], list[Literal]]] = defaultdict(lambda: defaultdict(list))
    for pool, by_start in stays.items():
        counted = {key: count(model.cp, literals, len(pool.chairs)) for key, literals in by_start.items()}
        chairs(model.cp, model.open, pool, counted)
        for key, number in counted.items():
            by_day[pool.day][key].append(number)
    seats = {day: sum(len(pool.chairs) for pool in pools) for day, pools in model.open.pools.items()}
    for day, here in by_day.items():
        people(model.cp, model.open, day, {key: count(model.cp, each, seats[day]) for key, each in here.items()})


def _therapists(model: Model) -> None:
    """In each slot: one thing for each therapist, no more visits than rooms, and a therapist for each patient."""
    own: dict[tuple[int, str], list[Literal]] = defaultdict(list)
    other: dict[int, dict[StandIns, list[Literal]]] = defaultdict(lambda: defaultdict(list))
    rooms: dict[int, list[Literal]] = defaultdict(list)
    for course in model.courses:
        could = frozenset(one.name for one in model.open.others(course.patient))
        for choices in (course.visits, *course.preparations.values()):
            for (minute, is_own), literal in choices.items():
                if is_own:
                    own[minute, course.patient.therapist or ""].append(literal)
                else:
                    other[minute][could, course.patient.remote].append(literal)
                if not course.patient.remote:
                    rooms[minute].append(literal)
    for minute, literals in rooms.items():
        free = model.open.therapy_rooms(minute)
        if len(literals) > free:
            model.cp.add(sum(literals) <= free)
    sitting = _sitting(model)
    for minute in model.open.slots:
        part = model.open.slot(minute)
        busy = {}
        for person in model.problem.people("therapist"):
            mine = own[minute, person.name] + [one for span, one in sitting[person.name] if span.meets(part)]
            if len(mine) > 1:
                model.cp.add_at_most_one(mine)
            busy[person.name] = mine
        _substitutes(model, part, other[minute], busy)


def _most_a_day(model: Model) -> None:
    """No new condition: what a day holds at most, said once more for whole days, so that bounds are good."""
    if len(model.courses) < FEW:
        return
    by_day: dict[int, list[Literal]] = defaultdict(list)
    for course in model.courses:
        for day, literal in course.path.days.items():
            by_day[day].append(literal)
    for day, literals in by_day.items():
        model.cp.add(sum(literals) <= capacity(model.open, day))


def _sitting(model: Model) -> dict[str, list[tuple[Span, Literal]]]:
    """When each therapist would sit beside a dose."""
    found: dict[str, list[tuple[Span, Literal]]] = defaultdict(list)
    for course in model.courses:
        for (start, _, sitter), literal in course.starts.items():
            part = model.open.beside(course.patient, start.minute)
            if part is not None:
                found[sitter].append((part, literal))
    return found


def _substitutes(
    model: Model, part: Span, wanted: dict[StandIns, list[Literal]], busy: dict[str, list[Literal]]
) -> None:
    """For every group of patients at least as many free therapists as they need who could see one of them (Hall)."""
    kinds = sorted(wanted, key=lambda kind: (sorted(kind[0]), kind[1]))
    for size in range(1, len(kinds) + 1):
        for group in combinations(kinds, size):
            free = [
                one
                for one in model.problem.people("therapist")
                if any(one.name in could and model.open.therapist_free(one, part, remote) for could, remote in group)
            ]
            held_by = [literal for one in free for literal in busy[one.name]]
            model.cp.add(sum(literal for kind in group for literal in wanted[kind]) + sum(held_by) <= len(free))


def _wishes(model: Model) -> None:
    """What is wished for, in its order, as one sum."""
    terms: list[cp_model.LinearExprT] = []
    for course in model.courses:
        patient = course.patient
        terms += [WINDOW_MISSED * literal for literal in course.orphans.values()]
        terms += [MOVED * literal for literal in (course.moved,) if literal is not None]
        terms += [A_TIME * literal for literal in course.elsewhere]
        terms += [A_DAY * (day - patient.first) * literal for day, literal in course.path.days.items()]
        for choices in (course.visits, *course.preparations.values()):
            terms += [NOT_OWN * literal for (_, is_own), literal in choices.items() if not is_own]
        for (start, _, sitter), literal in course.starts.items():
            cost = NOT_OWN if sitter and sitter != patient.therapist else 0
            if cost := cost + model.open.off_wish(patient, start):
                terms.append(cost * literal)
    model.cp.minimize(sum(terms))
