"""How many doses fit into one day at most, whoever they are for: exact, worked out once for days that are alike."""

from ortools.sat.python import cp_model

from .candidates import Open
from .problem import Span
from .stays import Counted, chairs, count, people

FEW = 4
"""Fewer courses than this are booked without looking at whole days first."""

SECONDS = 0.5


def capacity(open_: Open, day: int, formats: tuple[str, ...] = ()) -> int:
    """The most doses of these formats, or of any, that chairs, nurses and prescribers allow on a day."""
    formats = formats or tuple(sorted({patient.format for patient in open_.problem.patients}))
    key = (formats, _alike(open_, day))
    if key not in open_.capacities:
        open_.capacities[key] = _most(open_, day, formats)
    return open_.capacities[key]


def _most(open_: Open, day: int, formats: tuple[str, ...]) -> int:
    cp = cp_model.CpModel()
    seats = sum(len(pool.chairs) for pool in open_.pools[day])
    by_start: dict[tuple[int, str], list[cp_model.IntVar]] = {}
    for pool in open_.pools[day]:
        counted: Counted = {}
        for format_id in formats:
            format_ = open_.problem.formats[format_id]
            for start in open_.starts(day):
                stay = Span(start.minute, start.minute + format_.stay_min)
                if not open_.closed(format_, start) and pool.takes(stay):
                    counted[start.minute, format_id] = cp.new_int_var(0, len(pool.chairs), "")
        chairs(cp, open_, pool, counted)
        for key, number in counted.items():
            by_start.setdefault(key, []).append(number)
    people(cp, open_, day, {key: count(cp, each, seats) for key, each in by_start.items()})
    cp.maximize(sum(number for each in by_start.values() for number in each))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = SECONDS
    status = solver.solve(cp)
    # Where the time is up the bound counts: the number must never be too small.
    return int(solver.best_objective_bound + 1e-6) if status != cp_model.UNKNOWN else len(by_start) * seats


def _alike(open_: Open, day: int) -> tuple[object, ...]:
    """What a day looks like, counted from its midnight: days that look alike hold as many doses."""
    whole, found = open_.problem.all_days[day], open_.problem.days[day]

    def here(spans: object) -> tuple[tuple[int, int], ...]:
        assert isinstance(spans, tuple)
        return tuple((one.start - whole.start, one.end - whole.start) for one in spans if one.meets(whole))

    works = sorted(
        (role, here(person.works)) for role in ("nurse", "prescriber") for person in open_.problem.people(role)
    )
    held = tuple(
        sorted((role, here((span,)), phase.patients_per_person) for role in ("nurse", "prescriber")
               for span, phase, _ in open_.held(role) if span.meets(whole))
    )  # fmt: skip
    pools = tuple((here(pool.blocked), len(pool.chairs)) for pool in open_.pools[day])
    return (found.open.start - whole.start, found.last_start - whole.start, pools, tuple(works), held)
