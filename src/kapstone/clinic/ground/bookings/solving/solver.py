"""Solves a booking problem: the best plan found, how far from the best it can be at most, or that there is none."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import monotonic

from ortools.sat.python import cp_model

from .assigned import ChosenDose, ChosenVisit, Named, assign
from .candidates import Open
from .capacity import FEW
from .days import impossible
from .kept import kept
from .model import Choice, Model, build
from .problem import DOSING, INTEGRATION, PREPARATION, Booking, Problem

SECONDS = 60.0
GAP = 0.02
"""The time after which a search stops, and the distance from the best at which it may stop before."""

WORKERS = 8
"""Ways of searching that take turns on the cores there are. On two cores, eight find better plans than two, and only
with several of them does a bound come that says how good a plan is. A few courses are booked by one alone, which is
quick and always finds the same plan."""

RELAXED = 2
"""How much of the model goes into the linear relaxation: all of it, because the bound comes from there."""


@dataclass(frozen=True, slots=True)
class Move:
    """A booking that stood and is elsewhere now."""

    before: Booking
    after: Booking


@dataclass(frozen=True, slots=True)
class Plan:
    """What was found. `status` is optimal, feasible, infeasible or unknown; `bound` is below every possible cost."""

    status: str
    bookings: tuple[Booking, ...] = ()
    orphans: tuple[tuple[str, int], ...] = ()
    moves: tuple[Move, ...] = ()
    cost: float = 0
    bound: float = 0
    seconds: float = 0
    first_seconds: float | None = None
    empty: tuple[tuple[str, str, int], ...] = ()
    """Demands for which not one time was open: patient, kind and number."""

    named: Named = field(default_factory=dict)

    @property
    def found(self) -> bool:
        """Whether there are bookings to look at."""
        return self.status in ("optimal", "feasible")

    @property
    def gap(self) -> float:
        """How far from the best at most, as a share of the cost."""
        return 0.0 if self.cost <= self.bound else (self.cost - self.bound) / max(abs(self.cost), 1.0)

    @property
    def people_moved(self) -> tuple[str, ...]:
        """Everybody with a time that changed."""
        return tuple(sorted({move.before.patient for move in self.moves}))


@dataclass
class _Watch(cp_model.CpSolverSolutionCallback):
    """Tells when the first plan was found, and of each better one."""

    began: float
    tell: Callable[[float, float, float], None] | None
    first: float | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        super().__init__()

    def on_solution_callback(self) -> None:
        """Called by the solver."""
        now = monotonic() - self.began
        self.first = now if self.first is None else self.first
        if self.tell:
            self.tell(now, self.objective_value, self.best_objective_bound)


Tell = Callable[[float, float, float], None]
"""Told of each better plan: seconds, cost, bound."""


def solve(problem: Problem, seconds: float = SECONDS, gap: float = GAP, tell: Tell | None = None) -> Plan:
    """The best plan within the time, or within the gap of the best.

    Without any stand-in first: where everybody can be seen by their own therapist, no plan with a stand-in is better.
    A plan that stood is kept for everybody whom nothing touched, and only where that cannot be is all of it open.
    """
    began = monotonic()
    pinned = any(patient.only is not None for patient in problem.patients)
    if problem.base and not pinned:
        plan = _solved(build(Open(kept(problem))), began, seconds, gap, tell)
        if plan.found:
            return replace(plan, moves=_moves(problem, plan.bookings))
    open_ = Open(problem)
    for own_only in (True, False) if not problem.base else (False,):
        if len(problem.patients) >= FEW and impossible(open_, own_only):
            plan = Plan("infeasible", seconds=monotonic() - began)
        else:
            plan = _solved(build(open_, own_only), began, seconds, gap, tell)
        if plan.status != "infeasible":
            break
    return plan


def alternatives(problem: Problem, count: int, seconds: float = SECONDS) -> list[Plan]:
    """So many plans, the best first; each next one has at least half of its doses at other times."""
    began = monotonic()
    open_ = Open(problem)
    model = build(open_, own_only=True)
    plan = _solved(model, began, seconds, 0.0, None)
    if plan.status == "infeasible":
        model = build(open_)
        plan = _solved(model, began, seconds, 0.0, None)
    found = [plan]
    while plan.found and len(found) < count:
        _others(model, plan)
        plan = _solved(model, began, seconds, 0.0, None)
        if plan.found:
            found.append(plan)
    return found


def _others(model: Model, plan: Plan) -> None:
    """From now on at least half of the doses are at other times than in this plan."""
    begun = {(one.patient, one.span.start) for one in plan.bookings if one.kind == DOSING}
    same = [
        literal
        for course in model.courses
        for (start, _, _), literal in course.starts.items()
        if (course.patient.name, start.minute) in begun
    ]
    model.cp.add(sum(same) <= len(begun) // 2)


def _solved(model: Model, began: float, seconds: float, gap: float, tell: Tell | None) -> Plan:
    if model.empty:
        return Plan("infeasible", empty=tuple(model.empty), seconds=monotonic() - began)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(seconds - (monotonic() - began), 0.01)
    solver.parameters.num_workers = WORKERS if len(model.courses) >= FEW else 1
    solver.parameters.linearization_level = RELAXED
    solver.parameters.relative_gap_limit = gap
    watch = _Watch(began, tell)
    status = solver.solve(model.cp, watch)
    words = {cp_model.OPTIMAL: "optimal", cp_model.FEASIBLE: "feasible", cp_model.INFEASIBLE: "infeasible"}
    word = words.get(status, "unknown")
    if word not in ("optimal", "feasible"):
        return Plan(word, seconds=monotonic() - began)
    doses, visits, orphans = _read(model, solver)
    bookings, named = assign(model.open, doses, visits)
    cost, bound = solver.objective_value, solver.best_objective_bound
    return Plan(
        "optimal" if cost <= bound + 0.5 else "feasible",
        bookings,
        tuple(orphans),
        _moves(model.problem, bookings),
        cost,
        bound,
        monotonic() - began,
        watch.first,
        named=named,
    )


def _read(
    model: Model, solver: cp_model.CpSolver
) -> tuple[list[ChosenDose], list[ChosenVisit], list[tuple[str, int]]]:
    """What the model chose. Doses are numbered in order; a visit has the number of the dose whose window it is in."""
    doses, visits, orphans = [], [], []
    for course in model.courses:
        patient = course.patient
        chosen = sorted((one for one, literal in course.starts.items() if solver.boolean_value(literal)), key=_minute)
        numbered = list(zip(patient.numbers, chosen, strict=True))
        doses += [ChosenDose(patient, number, *one) for number, one in numbered]
        dose_end = model.problem.formats[patient.format].dose_end_min
        windows = {n: model.problem.window_of(start.minute + dose_end) for n, (start, _, _) in numbered}
        for (minute, own), literal in course.visits.items():
            if solver.boolean_value(literal):
                number = next(n for n, (opens, closes) in windows.items() if opens <= minute <= closes)
                visits.append(ChosenVisit(patient, INTEGRATION, number, minute, own))
        for number, choices in course.preparations.items():
            visits += [
                ChosenVisit(patient, PREPARATION, number, minute, own)
                for (minute, own), literal in choices.items()
                if solver.boolean_value(literal)
            ]
        alone = {day for day, literal in course.orphans.items() if solver.boolean_value(literal)}
        orphans += [(patient.name, number) for number, (start, _, _) in numbered if start.day in alone]
    return doses, visits, orphans


def _minute(choice: Choice) -> int:
    return choice[0].minute


def _moves(problem: Problem, bookings: tuple[Booking, ...]) -> tuple[Move, ...]:
    after = {(one.patient, one.kind, one.number): one for one in bookings}
    return tuple(
        Move(before, now)
        for before in problem.base
        if (now := after.get((before.patient, before.kind, before.number))) and now.span.start != before.span.start
    )
