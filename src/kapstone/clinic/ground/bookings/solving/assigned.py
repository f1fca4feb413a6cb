"""Names chairs, rooms and people for times that are settled. It always succeeds: the model counted for exactly this.

Chairs of a pool go to stays in time order. At each moment every nurse and prescriber watches patients of one kind;
people stay with their patients where they can, and a hand-over is a new line of the booking's cover.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ortools.graph.python import linear_sum_assignment

from .candidates import Open, Pool, Start
from .problem import DOSING, Booking, Cover, Patient, Presence, Problem, Span, inside


@dataclass(frozen=True, slots=True)
class ChosenDose:
    """One dose as the model chose it."""

    patient: Patient
    number: int
    start: Start
    pool: Pool
    sitter: str


@dataclass(frozen=True, slots=True)
class ChosenVisit:
    """One visit as the model chose it; `own` says that the patient's own therapist sees them."""

    patient: Patient
    kind: str
    number: int
    minute: int
    own: bool


def assign(open_: Open, doses: list[ChosenDose], visits: list[ChosenVisit]) -> tuple[Booking, ...]:
    """The bookings with their rooms and people, in order of time."""
    stays = _chairs(open_.problem, doses)
    stays = _covered(open_, stays)
    sitting: dict[str, list[Span]] = defaultdict(list)
    for stay in stays:
        for one in stay.cover:
            if one.role == "therapist":
                sitting[one.name].append(one.span)
    return tuple(
        sorted([*stays, *_visits(open_, visits, sitting)], key=lambda one: (one.span, one.patient, one.kind))
    )


def _chairs(problem: Problem, doses: list[ChosenDose]) -> list[Booking]:
    """Each stay in the first chair of its pool that is free again."""
    until: dict[tuple[Pool, tuple[str, int]], int] = {}
    found = []
    for dose in sorted(doses, key=lambda one: (one.start.minute, one.patient.name)):
        format_ = problem.formats[dose.patient.format]
        span = Span(dose.start.minute, dose.start.minute + format_.stay_min)
        chair = next(one for one in dose.pool.chairs if until.get((dose.pool, one), span.start) <= span.start)
        until[dose.pool, chair] = span.end
        cover = _sitter(problem, dose, span)
        found.append(Booking(dose.patient.name, DOSING, dose.number, span, chair[0], cover, format_.id))
    return found


def _sitter(problem: Problem, dose: ChosenDose, span: Span) -> tuple[Cover, ...]:
    part = problem.formats[dose.patient.format].beside(dose.patient.presence, problem.landing_min)
    if part is None or dose.patient.presence is Presence.NONE:
        return ()
    return (Cover("therapist", dose.sitter, part.after(span.start)),)


@dataclass(slots=True)
class _Part:
    """One phase of one stay, with who covers it. `stay` is its place in the list, None for a booking that stays."""

    stay: int | None
    key: tuple[str, int]
    span: Span
    ratio: int


def _covered(open_: Open, stays: list[Booking]) -> list[Booking]:
    """Nurses and prescribers for every moment of every stay."""
    covers: dict[int, list[Cover]] = defaultdict(list)
    for role in ("nurse", "prescriber"):
        for place, cover in _cover(open_, role, stays):
            covers[place].append(cover)
    return [replace(one, cover=(*one.cover, *_joined(covers[place]))) for place, one in enumerate(stays)]


def _cover(open_: Open, role: str, stays: list[Booking]) -> Iterator[tuple[int, Cover]]:
    parts = [
        _Part(place, (one.patient, one.number), phase.span.after(one.span.start), phase.patients_per_person)
        for place, one in enumerate(stays)
        for phase in open_.problem.formats[one.format].phases()
        if phase.role == role
    ]
    parts += [
        _Part(None, (f"taken {n}", n), span, phase.patients_per_person)
        for n, (span, phase) in enumerate(open_.held(role))
    ]
    edges = sorted(
        {edge for part in parts for edge in (part.span.start, part.span.end)}
        | {edge for one in open_.problem.people(role) for span in one.works for edge in (span.start, span.end)}
    )
    before: dict[tuple[str, int], str] = {}
    for start, end in pairwise(edges):
        here = [part for part in parts if part.span.start <= start < part.span.end]
        if all(part.stay is None for part in here):
            continue  # what is booked already may ask for more than there is; it is not judged here
        before = _settled(open_.problem, role, Span(start, end), here, before)
        for part in here:
            if part.stay is not None:
                yield part.stay, Cover(role, before[part.key], Span(start, end))


def _settled(
    problem: Problem, role: str, moment: Span, here: list[_Part], before: dict[tuple[str, int], str]
) -> dict[tuple[str, int], str]:
    """Who watches whom in one stretch: people keep their patients where they can, each with one kind of them."""
    people = [one.name for one in problem.people(role) if inside(one.works, moment)]
    posts: list[tuple[int, list[_Part]]] = []
    for ratio in sorted({part.ratio for part in here}):
        kind = [part for part in here if part.ratio == ratio]
        kind.sort(key=lambda one: (before.get(one.key, "~"), one.key))
        posts += [(ratio, kind[first : first + ratio]) for first in range(0, len(kind), ratio)]
    match = linear_sum_assignment.SimpleLinearSumAssignment()
    for post, (_, those) in enumerate(posts):
        for place, name in enumerate(people):
            match.add_arc_with_cost(post, place, sum(before.get(part.key) != name for part in those))
    for post in range(len(posts), len(people)):
        for place in range(len(people)):
            match.add_arc_with_cost(post, place, 0)
    if match.solve() != match.OPTIMAL:
        raise RuntimeError(f"{len(posts)} groups of patients and {len(people)} of {role}: the model promised enough.")
    return {part.key: people[match.right_mate(post)] for post, (_, those) in enumerate(posts) for part in those}


def _joined(covers: list[Cover]) -> list[Cover]:
    """Neighbouring stretches of the same person as one."""
    found: list[Cover] = []
    for one in sorted(covers, key=lambda cover: (cover.role, cover.span)):
        last = found[-1] if found else None
        if last and (last.role, last.name, last.span.end) == (one.role, one.name, one.span.start):
            found[-1] = replace(last, span=Span(last.span.start, one.span.end))
        else:
            found.append(one)
    return found


def _visits(open_: Open, visits: list[ChosenVisit], sitting: dict[str, list[Span]]) -> list[Booking]:
    by_slot: dict[int, list[ChosenVisit]] = defaultdict(list)
    for visit in visits:
        by_slot[visit.minute].append(visit)
    return [booking for minute in sorted(by_slot) for booking in _slot(open_, minute, by_slot[minute], sitting)]


def _slot(open_: Open, minute: int, visits: list[ChosenVisit], sitting: dict[str, list[Span]]) -> list[Booking]:
    """The visits of one slot with a therapist and, where they are not remote, a room each."""
    part = open_.slot(minute)
    rooms = _rooms(open_, part)
    own = {visit.patient.therapist: visit for visit in visits if visit.own}
    free = [
        one
        for one in open_.problem.people("therapist")
        if one.name not in own and not any(span.meets(part) for span in sitting[one.name])
    ]
    others = [visit for visit in visits if not visit.own]
    match = linear_sum_assignment.SimpleLinearSumAssignment()
    for place, visit in enumerate(others):
        could = {one.name for one in open_.others(visit.patient)}
        for seat, person in enumerate(free):
            if person.name in could and open_.therapist_free(person, part, visit.patient.remote):
                match.add_arc_with_cost(place, seat, 0)
    for place in range(len(others), len(free)):
        for seat in range(len(free)):
            match.add_arc_with_cost(place, seat, 0)
    if free and match.solve() != match.OPTIMAL:
        raise RuntimeError("No therapist for a visit: the model promised one.")
    found = []
    for visit in visits:
        name = visit.patient.therapist if visit.own else free[match.right_mate(others.index(visit))].name
        room = None if visit.patient.remote else rooms.pop(0)
        cover = (Cover("therapist", name or "", part),)
        found.append(Booking(visit.patient.name, visit.kind, visit.number, part, room, cover, visit.patient.format))
    return found


def _rooms(open_: Open, part: Span) -> list[str]:
    """The therapy rooms of a slot that are free, by name, once for each chair."""
    found = []
    for room in open_.problem.rooms:
        if room.kind == "therapy" and not any(one.meets(part) for one in room.closed):
            held_by = sum(one.room == room.name and one.span.meets(part) for one in open_.problem.taken)
            found += [room.name] * max(room.chairs - held_by, 0)
    return found
