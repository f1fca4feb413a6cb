"""Bookings: thirty courses at once, one into a full calendar, an absence, an impossible wish; beside first-fit."""

import random
from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime, time, timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from .timing import Result, Skipped

if TYPE_CHECKING:
    from kapstone.cli.benches.peers.by_first_fit import FirstFit
    from kapstone.clinic.ground.bookings.solving.problem import Problem
    from kapstone.clinic.ground.bookings.solving.solver import Plan

FIRST = date(2026, 11, 30)
SEED, TAKEN = 20261130, 0.7
PEER, GOAL = "first-fit, one patient after another", "the goal"
Document = dict[str, Any]


def results(seconds: float) -> list[Result | Skipped]:
    """Every figure. Each is measured once: the whole takes two to three minutes, whatever `seconds` says."""
    from kapstone.clinic.ground.bookings.solving.reading import read_document
    from kapstone.clinic.ground.bookings.solving.solver import solve

    thirty = clinic(30, days=28, therapists=3)
    solve(read_document(clinic(1, days=14)), 1)  # what is loaded only once is not timed
    plan = solve(read_document(thirty))
    return [
        *_thirty(thirty, plan),
        *_absence(thirty, plan),
        _one_more(),
        _impossible(),
    ]


def clinic(patients: int, *, days: int, therapists: int = 6, grid_min: int = 60) -> Document:
    """A clinic with three chairs, four nurses with their breaks, two prescribers, and courses of six IV doses."""
    hours = [{"weekdays": [0, 1, 2, 3, 4, 5], "from": "08:00", "to": "18:00"}]
    names = [f"Therapist {n}" for n in range(1, therapists + 1)]
    breaks = ([{"from": "12:00", "to": "12:30"}], [{"from": "12:30", "to": "13:00"}])
    return {
        "zone": "America/New_York",
        "from": FIRST.isoformat(),
        "until": (FIRST + timedelta(days=days - 1)).isoformat(),
        "grid_min": grid_min,
        "day": {"opens": "08:00", "closes": "18:00", "last_start": "16:00", "weekdays": [0, 1, 2, 3, 4, 5]},
        "formats": [
            {
                "id": "iv",
                "arrive_min": 20,
                "give_min": 40,
                "observe_min": 60,
                "patients_per_nurse_giving": 1,
                "patients_per_nurse_observing": 3,
                "needs_companion": True,
            }
        ],
        "rooms": [
            *({"name": f"Room {n}", "kind": "treatment"} for n in (1, 2, 3)),
            *({"name": f"Quiet room {n}", "kind": "therapy"} for n in (1, 2, 3)),
        ],
        "staff": [
            *({"name": f"Nurse {n}", "roles": ["nurse"], "hours": hours, "breaks": breaks[n % 2]} for n in range(4)),
            *({"name": f"Prescriber {n}", "roles": ["prescriber"], "hours": hours} for n in (1, 2)),
            *(
                {"name": name, "roles": ["therapist"], "hours": hours, "breaks": [{"from": "12:00", "to": "13:00"}]}
                for name in names
            ),
        ],
        "patients": [_patient(n, names) for n in range(patients)],
    }


def _patient(n: int, therapists: list[str]) -> Document:
    """Every third patient is fetched after noon only, every fourth cannot come on Wednesdays."""
    found: Document = {
        "name": f"Patient {n + 1:02}",
        "format": "iv",
        "doses": 6,
        "therapist": therapists[n % len(therapists)],
        "prefers": "09:00" if n % 2 else "14:00",
        "companion": {"available": [{"from": "12:00" if n % 3 == 0 else "09:00", "to": "18:30"}]},
    }
    if n % 4 == 0:
        found["available"] = [{"weekdays": [0, 1, 3, 4, 5, 6], "from": "00:00", "to": "23:59"}]
    return found


def _thirty(document: Document, plan: "Plan") -> list[Result | Skipped]:
    from kapstone.cli.benches.peers.by_first_fit import first_fit
    from kapstone.clinic.ground.bookings.solving.reading import read_document

    if not plan.found:
        return [Skipped(PEER, f"thirty courses were not booked: {plan.status}")]
    visits = sum(one.kind == "integration" for one in plan.bookings)
    by_hand = first_fit(read_document(document)).in_window()
    first = plan.first_seconds or plan.seconds
    return [
        Result("thirty courses: visits in their window", PEER, visits, by_hand, 1.0, "visits", ""),
        Result("thirty courses: first plan", GOAL, first, 5.0, 1.0, "seconds", "", less=True),
        Result("thirty courses: within 2 % of the best", GOAL, plan.seconds, 60.0, 1.0, "seconds", "", less=True),
        Result("thirty courses: distance from the best", GOAL, 100 * plan.gap, 2.0, 1.0, "percent", "", less=True),
    ]


def _absence(document: Document, plan: "Plan") -> list[Result | Skipped]:
    """A therapist is away for three days of the second week: who has to move, by us and by hand."""
    from kapstone.cli.benches.peers.by_first_fit import first_fit
    from kapstone.clinic.ground.bookings.solving.answer import booking_document
    from kapstone.clinic.ground.bookings.solving.reading import read_document
    from kapstone.clinic.ground.bookings.solving.solver import solve

    problem = read_document(document)
    away = deepcopy(document)
    away["plan"] = [booking_document(problem.zone, one) for one in plan.bookings]
    gone = next(one for one in away["staff"] if one["name"] == "Therapist 2")
    monday = FIRST + timedelta(days=7)
    until = monday + timedelta(days=3)
    gone["away"] = [{"from": f"{monday}T00:00-05:00", "to": f"{until}T00:00-05:00"}]
    changed = read_document(away)
    new, spent = _timed(lambda: solve(changed, 2.8))
    by_hand = first_fit(problem)
    moved_by_hand = _moved_by_hand(by_hand, changed)
    kept = sum(one.kind == "integration" for one in new.bookings)
    moved = len(new.people_moved)
    return [
        Result("absence: visits in their window", PEER, kept, by_hand.in_window(), 1.0, "visits", ""),
        Result("absence: people moved", PEER, moved, len(moved_by_hand), 0.0, "people", "", less=True),
        Result("absence: new plan", GOAL, spent, 3.0, 1.0, "seconds", "", less=True),
    ]


def _moved_by_hand(by_hand: "FirstFit", changed: "Problem") -> set[str]:
    """Each visit that can no longer be goes to the next free slot of the same therapist; nobody else is asked."""
    by_hand.open = type(by_hand.open)(changed)
    moved = set()
    for patient in changed.patients:
        own = by_hand.open.own(patient)
        for number in patient.numbers:
            minute = by_hand.visits.get((patient.name, number))
            if minute is None or own is None or by_hand.open.therapist_free(own, by_hand.open.slot(minute)):
                continue
            by_hand.release(patient, minute)
            by_hand.visits[patient.name, number] = by_hand.visit(patient, by_hand.ends[patient.name, number])
            moved.add(patient.name)
    return moved


def _one_more() -> Result:
    """One new course into a calendar in which seven of ten times are taken, with three alternatives."""
    from kapstone.clinic.ground.bookings.solving.reading import read_document
    from kapstone.clinic.ground.bookings.solving.solver import alternatives

    asked = clinic(0, days=28, grid_min=30) | {"patients": [_patient(1, ["Therapist 1"])]}
    asked["booked"] = _taken(asked, random.Random(SEED))
    problem = read_document(asked)
    found, spent = _timed(lambda: alternatives(problem, 3, 5.0))
    assert len(found) == 3 and all(one.found for one in found), [one.status for one in found]
    name = f"one course into a calendar {TAKEN:.0%} full, with {len(found)} alternatives"
    return Result(name, GOAL, spent, 1.0, 1.0, "seconds", "", less=True)


def _taken(document: Document, rng: random.Random) -> list[Document]:
    """Other people's doses in seven of ten two-hour blocks of every chair, and visits in as many of the hours."""
    zone, found = ZoneInfo(document["zone"]), []
    for day in (FIRST + timedelta(days=n) for n in range(28)):
        blocks = [(room["name"], hour, 2, "dosing") for room in document["rooms"][:3] for hour in range(8, 17, 2)]
        people = [one["name"] for one in document["staff"] if "therapist" in one["roles"]]
        blocks += [(name, hour, 1, "integration") for name in people for hour in range(8, 18) if hour != 12]
        for name, hour, hours, kind in blocks:
            if day.weekday() == 6 or rng.random() >= TAKEN:
                continue
            begins = datetime.combine(day, time(hour), tzinfo=zone)
            found.append(
                {
                    "patient": "another patient",
                    "kind": kind,
                    "number": 1,
                    "start": begins.isoformat(),
                    "end": (begins + timedelta(hours=hours)).isoformat(),
                    "room": name if kind == "dosing" else None,
                    "staff": [] if kind == "dosing" else [name],
                    "format": "iv",
                }
            )
    return found


def _impossible() -> Result:
    """More courses than the days hold."""
    from kapstone.clinic.ground.bookings.solving.reading import read_document
    from kapstone.clinic.ground.bookings.solving.solver import solve

    problem = read_document(clinic(45, days=18))
    plan, spent = _timed(lambda: solve(problem, 20))
    assert plan.status == "infeasible", plan.status
    return Result("45 courses in 18 days: proven impossible", GOAL, spent, 5.0, 1.0, "seconds", "", less=True)


Found = TypeVar("Found")


def _timed(work: Callable[[], Found]) -> tuple[Found, float]:
    begun = perf_counter()
    found = work()
    return found, perf_counter() - begun
