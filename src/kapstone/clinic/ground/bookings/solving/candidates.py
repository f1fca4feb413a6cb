"""The times that a problem leaves open: starts of doses on the grid, and slots for visits. Nothing else is looked at.

Doses start on the grid of a day's opening. Visits start on a grid as long as a visit, so that two slots never overlap
and each slot is decided for itself.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from .problem import DOSING, Day, Format, Patient, Person, Phase, Problem, Span, inside


@dataclass(frozen=True, slots=True)
class Pool:
    """Chairs of one day that are alike: free and taken at the same times, so that any will do."""

    day: int
    blocked: tuple[Span, ...]
    chairs: tuple[tuple[str, int], ...]

    def takes(self, stay: Span) -> bool:
        """Whether its chairs are free for the whole stay."""
        return not any(one.meets(stay) for one in self.blocked)


@dataclass(frozen=True, slots=True)
class Start:
    """One time at which a dose may begin."""

    day: int
    minute: int


@dataclass
class Open:
    """What is open in a problem, worked out once."""

    problem: Problem
    _slots_of: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _held: dict[str, tuple[tuple[Span, Phase, int], ...]] = field(default_factory=dict)
    _duty: dict[tuple[str, Span], bool] = field(default_factory=dict)
    _closed: dict[tuple[str, int], str] = field(default_factory=dict)
    capacities: dict[object, int] = field(default_factory=dict)

    @cached_property
    def pools(self) -> dict[int, tuple[Pool, ...]]:
        """The pools of chairs of each day."""
        found: dict[int, tuple[Pool, ...]] = {}
        for place, day in enumerate(self.problem.days):
            alike: dict[tuple[Span, ...], list[tuple[str, int]]] = defaultdict(list)
            for room in self.problem.rooms:
                if room.kind == "treatment":
                    for chair, blocked in enumerate(self._blocked(room.name, room.chairs, room.closed, day.open)):
                        alike[blocked].append((room.name, chair))
            found[place] = tuple(Pool(place, blocked, tuple(chairs)) for blocked, chairs in sorted(alike.items()))
        return found

    def _blocked(self, room: str, chairs: int, closed: tuple[Span, ...], open_: Span) -> list[tuple[Span, ...]]:
        """When each chair of a room is not free on a day; bookings that stay are laid onto chairs in time order."""
        each: list[list[Span]] = [[one for one in closed if one.meets(open_)] for _ in range(chairs)]
        taken = sorted(one.span for one in self.problem.taken if one.room == room and one.span.meets(open_))
        for span in taken:
            chair = next((one for one in each if not any(other.meets(span) for other in one)), each[0])
            chair.append(span)
        return [tuple(sorted(one)) for one in each]

    def starts(self, day: int) -> Iterator[Start]:
        """The grid of a day, from its opening to its last start."""
        found: Day = self.problem.days[day]
        for minute in range(found.open.start, found.last_start + 1, self.problem.grid_min):
            yield Start(day, minute)

    def days_for(self, patient: Patient, number: int) -> range:
        """The days on which one dose may fall, so that those before and after have their room."""
        before = sum(patient.gap_after(one)[0] for one in range(patient.given + 1, number))
        later = sum(patient.gap_after(one)[0] for one in range(number, patient.doses))
        first, last = max(patient.first, 0), min(patient.last - later, len(self.problem.days) - 1)
        if patient.after is not None:
            least, most = patient.gap_after(patient.given)
            first = max(first, patient.after + least)
            if patient.given and number == patient.given + 1:
                last = min(last, patient.after + most)
        return range(first + before, last + 1)

    def doses(self, patient: Patient) -> Iterator[tuple[Start, Pool]]:
        """Every start with chairs at which some dose of a patient may begin."""
        format_ = self.problem.formats[patient.format]
        days = {day for number in patient.numbers for day in self.days_for(patient, number)}
        for day in sorted(days - patient.not_on):
            for start in self.starts(day):
                if patient.may_begin(start.minute) and not self.why_not(patient, format_, start):
                    yield from ((start, pool) for pool in self.pools[day] if pool.takes(self._stay(format_, start)))

    def off_wish(self, patient: Patient, start: Start) -> int:
        """How many half hours a start is from the one that the patient prefers."""
        if patient.prefers_min is None:
            return 0
        return abs(start.minute - self.problem.all_days[start.day].start - patient.prefers_min) // 30

    def beside(self, patient: Patient, minute: int) -> Span | None:
        """When a therapist sits with a patient whose stay begins at this minute; None where nobody does."""
        part = self.problem.formats[patient.format].beside(patient.presence, self.problem.landing_min)
        return part.after(minute) if part else None

    def on_duty(self, role: str, moment: int) -> int:
        """How many of a role work at a moment."""
        people = self.problem.people(role)
        return sum(any(one.start <= moment < one.end for one in person.works) for person in people)

    def held(self, role: str) -> tuple[tuple[Span, Phase, int], ...]:
        """What the bookings that stay ask of a role, each with its place among them."""
        if role not in self._held:
            self._held[role] = tuple(
                (phase.span.after(booking.span.start), phase, place)
                for place, booking in enumerate(self.problem.taken)
                if booking.kind == DOSING and booking.format in self.problem.formats
                for phase in self.problem.formats[booking.format].phases()
                if phase.role == role
            )
        return self._held[role]

    @staticmethod
    def _stay(format_: Format, start: Start) -> Span:
        return Span(start.minute, start.minute + format_.stay_min)

    def why_not(self, patient: Patient, format_: Format, start: Start) -> str:
        """Why a patient's stay may not begin then, whoever else is there; the reason's key, empty when it may."""
        stay = self._stay(format_, start)
        if start.minute < self.problem.all_days[start.day].start + patient.not_before_min:
            return "patient"
        if not inside(patient.free, stay):
            return "patient"
        if patient.companion_free is not None and not inside(patient.companion_free, Span(stay.end, stay.end + 1)):
            return "companion"
        return self.closed(format_, start)

    def closed(self, format_: Format, start: Start) -> str:
        """Why nobody's stay may begin then: the clinic's hours, or a role that nobody fills for all of it."""
        if (format_.id, start.minute) not in self._closed:
            self._closed[format_.id, start.minute] = self._why_closed(format_, start)
        return self._closed[format_.id, start.minute]

    def _why_closed(self, format_: Format, start: Start) -> str:
        stay = self._stay(format_, start)
        if not self.problem.days[start.day].open.holds(stay):
            return "hours"
        for phase in format_.phases():
            if not self._somebody(phase.role, phase.span.after(stay.start)):
                return phase.role
        late = Span(stay.end, stay.end + self.problem.overrun_min)
        if self.problem.overrun_min and not self._somebody("nurse", late):
            return "overrun"
        return ""

    def _somebody(self, role: str, part: Span) -> bool:
        """Whether at each moment of a part somebody of a role is on duty; hand-overs are allowed."""
        if (role, part) not in self._duty:
            works = [span for one in self.problem.people(role) for span in one.works if span.meets(part)]
            minute = part.start
            while minute < part.end:
                minute = max((span.end for span in works if span.start <= minute < span.end), default=-1)
                if minute < 0:
                    break
            self._duty[role, part] = minute >= part.end
        return self._duty[role, part]

    @cached_property
    def slots(self) -> tuple[int, ...]:
        """Every slot of the horizon in which some therapist works, in the room or by video."""
        found: set[int] = set()
        step = self.problem.visit_min
        for day in self.problem.all_days:
            opening = self._opening(day)
            # The grid goes back from the opening to the morning, for calls before it.
            for minute in range(opening - (opening - day.start) // step * step, day.end - step + 1, step):
                if any(inside(one.calls, self.slot(minute)) for one in self.problem.people("therapist")):
                    found.add(minute)
        return tuple(sorted(found))

    def _opening(self, day: Span) -> int:
        """Where the grid of visits begins: at the opening of the day, or as on other days where it is closed."""
        for one in self.problem.days:
            if day.start <= one.open.start < day.end:
                return one.open.start
        first = self.problem.days[0]
        midnight = next(span.start for span in self.problem.all_days if span.start <= first.open.start < span.end)
        return day.start + (first.open.start - midnight) % self.problem.visit_min

    def slot(self, minute: int) -> Span:
        """The span of a slot."""
        return Span(minute, minute + self.problem.visit_min)

    @cached_property
    def busy(self) -> dict[str, tuple[Span, ...]]:
        """When each of the staff is held by bookings that stay, in whatever role."""
        found: dict[str, list[Span]] = defaultdict(list)
        for booking in self.problem.taken:
            for one in booking.cover:
                found[one.name].append(one.span)
        return {name: tuple(sorted(spans)) for name, spans in found.items()}

    def therapist_free(self, person: Person, part: Span, remote: bool = False) -> bool:
        """Whether a therapist works and is not held already."""
        return inside(person.at_work(remote), part) and not any(
            one.meets(part) for one in self.busy.get(person.name, ())
        )

    def own(self, patient: Patient) -> Person | None:
        """The patient's own therapist, where they are on the staff."""
        return next((one for one in self.problem.people("therapist") if one.name == patient.therapist), None)

    def others(self, patient: Patient) -> list[Person]:
        """Therapists with the skills a patient needs, but for their own and those who may not see this patient."""
        found = [
            one for one in self.problem.people("therapist") if one.only_for is None or patient.name in one.only_for
        ]
        return [one for one in found if one.name != patient.therapist and patient.needs <= one.skills]

    def visit_slots(self, patient: Patient) -> tuple[int, ...]:
        """The slots in which a patient is free for a visit."""
        if patient.name not in self._slots_of:
            self._slots_of[patient.name] = tuple(
                minute
                for minute in self.slots
                if patient.may_begin(minute) and inside(patient.free_for_visits, self.slot(minute))
            )
        return self._slots_of[patient.name]

    def therapy_rooms(self, minute: int) -> int:
        """Therapy rooms that are free in a slot."""
        part = self.slot(minute)
        count = 0
        for room in self.problem.rooms:
            if room.kind == "therapy" and not any(one.meets(part) for one in room.closed):
                held = sum(one.room == room.name and one.span.meets(part) for one in self.problem.taken)
                count += max(room.chairs - held, 0)
        return count
