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


Named = dict[int, tuple[Cover, ...]]
"""Who watches those whose bookings stay, by their place among them: named anew on the days on which others come."""


def assign(open_: Open, doses: list[ChosenDose], visits: list[ChosenVisit]) -> tuple[tuple[Booking, ...], Named]:
    """The bookings with their rooms and people, in order of time; and who watches the others on those days."""
    stays = _chairs(open_.problem, doses)
    covers = {place: [*stay.cover] for place, stay in enumerate(stays)}
    named: dict[int, list[Cover]] = defaultdict(list)
    for role in ("nurse", "prescriber"):
        for part, cover in _cover(open_, role, stays):
            (covers[part.stay] if part.stay is not None else named[part.taken]).append(cover)
    stays = [replace(one, cover=tuple(_joined(covers[place]))) for place, one in enumerate(stays)]
    sitting: dict[str, list[Span]] = defaultdict(list)
    for stay in stays:
        for one in stay.cover:
            if one.role == "therapist":
                sitting[one.name].append(one.span)
    found = [*stays, *_visits(open_, visits, sitting)]
    ordered = tuple(sorted(found, key=lambda one: (one.span, one.patient, one.kind)))
    return ordered, {place: tuple(_joined(each)) for place, each in named.items()}


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
    """One phase of one stay: `stay` is its place among ours, or `taken` among those that stay. `was` covered it."""

    stay: int | None
    taken: int
    span: Span
    ratio: int
    was: tuple[Cover, ...] = ()

    @property
    def key(self) -> tuple[int, int]:
        """Whose it is."""
        return (-1, self.taken) if self.stay is None else (self.stay, -1)


def _cover(open_: Open, role: str, stays: list[Booking]) -> Iterator[tuple[_Part, Cover]]:
    """Nurses, or prescribers, for every moment of the days on which we book."""
    problem = open_.problem
    days = [day for day in problem.all_days if any(day.meets(one.span) for one in stays)]
    parts = [
        _Part(place, -1, phase.span.after(one.span.start), phase.patients_per_person)
        for place, one in enumerate(stays)
        for phase in problem.formats[one.format].phases()
        if phase.role == role
    ]
    parts += [
        _Part(None, place, span, phase.patients_per_person, problem.taken[place].cover)
        for span, phase, place in open_.held(role)
        if any(day.meets(span) for day in days)
    ]
    edges = sorted(
        {edge for part in parts for edge in (part.span.start, part.span.end)}
        | {edge for one in problem.people(role) for span in one.works for edge in (span.start, span.end)}
    )
    before: dict[tuple[int, int], str] = {}
    for start, end in pairwise(edges):
        here = [part for part in parts if part.span.start <= start < part.span.end]
        if not here:
            continue
        settled = _settled(problem, role, Span(start, end), here, before)
        if settled is None:
            if any(part.stay is not None for part in here):
                raise RuntimeError(f"Too few of {role} for those who are booked: the model promised enough.")
            continue  # those that stay ask for more than there is; that is theirs and not judged here
        before = settled
        for part in here:
            yield part, Cover(role, before[part.key], Span(start, end))


def _settled(
    problem: Problem, role: str, moment: Span, here: list[_Part], before: dict[tuple[int, int], str]
) -> dict[tuple[int, int], str] | None:
    """Who watches whom in one stretch: people keep their patients where they can, each with one kind of them."""
    people = [one.name for one in problem.people(role) if inside(one.works, moment)]
    usual = {part.key: before.get(part.key) or _was(part, role, moment) for part in here}
    posts: list[list[_Part]] = []
    for ratio in sorted({part.ratio for part in here}):
        kind = sorted((part for part in here if part.ratio == ratio), key=lambda one: (usual[one.key], one.key))
        posts += [kind[first : first + ratio] for first in range(0, len(kind), ratio)]
    if len(posts) > len(people):
        return None
    match = linear_sum_assignment.SimpleLinearSumAssignment()
    for post, those in enumerate(posts):
        for place, name in enumerate(people):
            match.add_arc_with_cost(post, place, sum(usual[part.key] != name for part in those))
    for post in range(len(posts), len(people)):
        for place in range(len(people)):
            match.add_arc_with_cost(post, place, 0)
    if match.solve() != match.OPTIMAL:
        return None
    return {part.key: people[match.right_mate(post)] for post, those in enumerate(posts) for part in those}


def _was(part: _Part, role: str, moment: Span) -> str:
    """Who covered this before, so that as few as possible change; “~” where nobody is named, which sorts last."""
    return next((one.name for one in part.was if one.role == role and one.span.meets(moment)), "~")


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
