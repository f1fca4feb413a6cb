"""Times for one visit by itself: after a dose that was given, or before the first one. The same document and the same
rules of who is free as for a whole course, looked through start by start.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor

from kapstone.care.evidence import Policy
from kapstone.care.plan import TherapyForm
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.calendar.queries import GRID_MIN, Asked, Times, Wish, ask, times_from
from kapstone.clinic.ground.bookings.models import Booking, BookingKind
from kapstone.clinic.ground.bookings.solving.candidates import Open
from kapstone.clinic.ground.bookings.solving.problem import Booking as Placed
from kapstone.clinic.ground.bookings.solving.problem import Cover, Person, Problem, Span, inside
from kapstone.clinic.ground.people.models import Clinic, Patient, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """A visit to find a time for: it begins within the window, both ends included. `instead` gives its time back."""

    patient: Patient
    format_id: str
    kind: str
    number: int
    therapist: User | None
    remote: bool
    opens: Instant
    closes: Instant
    instead: Booking | None = None

    @property
    def what(self) -> str:
        """What it is, in words."""
        return BookingKind(self.kind).label


def times_for(clinic: Clinic, policy: Policy, wanted: Alone, at: Instant) -> list[Times]:
    """Every time at which the visit may begin, those with the patient's own therapist first, then the earliest."""
    opens = max(wanted.opens, at)
    if opens > wanted.closes:
        return []
    wish = Wish(
        patient=wanted.patient,
        format_id=wanted.format_id,
        doses=1,
        first_day=opens.astimezone(clinic.zone).date(),
        last_day=wanted.closes.astimezone(clinic.zone).date(),
        therapy=TherapyForm.TELEHEALTH if wanted.remote else TherapyForm.EACH_DOSE,
        therapist=wanted.therapist,
        free=(wanted.instead,) if wanted.instead else (),
    )
    asked = ask(clinic, policy, [wish], at)
    # Inwards to whole minutes: a visit a second before its window would be outside it.
    first, last = ceil(opens.timestamp() / 60), floor(wanted.closes.timestamp() / 60)
    found = _starts(asked, wanted, Span(first, last))
    return [times_from(asked, one) for _, one in sorted(found, key=lambda each: (not each[0], each[1].span.start))]


def _starts(asked: Asked, wanted: Alone, window: Span) -> Iterator[tuple[bool, Placed]]:
    """Each start on the grid at which somebody and a room are free, and whether it is the own therapist."""
    problem = asked.problem()
    open_, patient = Open(problem), problem.patients[0]
    own = open_.own(patient)
    people = [*([own] if own else []), *open_.others(patient)]
    for minute in range(-(-window.start // GRID_MIN) * GRID_MIN, window.end + 1, GRID_MIN):
        slot = Span(minute, minute + problem.visit_min)
        room = None if wanted.remote else _room(problem, slot)
        if (room is None and not wanted.remote) or not inside(patient.free_for_visits, slot):
            continue
        person = next((one for one in people if open_.therapist_free(one, slot, wanted.remote)), None)
        if person is not None:
            yield person is own, _placed(patient.name, wanted, slot, room, person)


def _room(problem: Problem, slot: Span) -> str | None:
    """A therapy room with a chair that is free for the whole slot."""
    for room in problem.rooms:
        if room.kind == "therapy" and not any(one.meets(slot) for one in room.closed):
            held = sum(one.room == room.name and one.span.meets(slot) for one in problem.taken)
            if held < room.chairs:
                return room.name
    return None


def _placed(patient: str, wanted: Alone, slot: Span, room: str | None, person: Person) -> Placed:
    cover = (Cover("therapist", person.name, slot),)
    return Placed(patient, wanted.kind, wanted.number, slot, room, cover, wanted.format_id)
