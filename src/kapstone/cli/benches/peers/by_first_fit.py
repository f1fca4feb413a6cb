"""The way a calendar is filled by hand: one patient after another, each dose and visit at the first time that fits.

Nothing once booked is thought over again. A visit that finds no time in its window takes the next free one after it.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from kapstone.clinic.ground.bookings.solving.candidates import Open, Start
from kapstone.clinic.ground.bookings.solving.problem import Format, Patient, Problem, Span


@dataclass
class FirstFit:
    """What was booked: dose ends and visit starts by patient and number; None where nothing was free at all."""

    open: Open
    ends: dict[tuple[str, int], int] = field(default_factory=dict)
    visits: dict[tuple[str, int], int | None] = field(default_factory=dict)
    _chairs: Counter[int] = field(default_factory=Counter)
    _giving: Counter[int] = field(default_factory=Counter)
    _therapists: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _rooms: Counter[int] = field(default_factory=Counter)

    def in_window(self) -> int:
        """How many visits begin within the window of their dose."""
        return sum(
            visit is not None and opens <= visit <= closes
            for key, visit in self.visits.items()
            for opens, closes in (self.open.problem.window_of(self.ends[key]),)
        )

    def book(self, patient: Patient) -> None:
        """One whole course, dose by dose."""
        days: list[int] = []
        for number in patient.numbers:
            start = self._first_start(patient, days)
            if start is None:
                return
            days.append(start.day)
            self._take(patient, start)
            self.ends[patient.name, number] = start.minute + self.open.problem.formats[patient.format].dose_end_min
            if patient.visited(number):
                self.visits[patient.name, number] = self.visit(patient, self.ends[patient.name, number])

    def visit(self, patient: Patient, dose_end: int) -> int | None:
        """The first slot from the opening of the window on in which the patient's own therapist is free."""
        opens, _ = self.open.problem.window_of(dose_end)
        own = self.open.own(patient)
        for minute in self.open.visit_slots(patient):
            if minute < opens or own is None or not self.open.therapist_free(own, self.open.slot(minute)):
                continue
            if minute not in self._therapists[own.name] and self._rooms[minute] < self.open.therapy_rooms(minute):
                self._therapists[own.name].add(minute)
                self._rooms[minute] += 1
                return minute
        return None

    def release(self, patient: Patient, minute: int) -> None:
        """Gives a visit's slot back."""
        self._therapists[patient.therapist or ""].discard(minute)
        self._rooms[minute] -= 1

    def _first_start(self, patient: Patient, days: list[int]) -> Start | None:
        least, _ = patient.gap_after(len(days))
        first = days[-1] + least if days else patient.first
        for day in range(first, len(self.open.problem.days)):
            if len([one for one in days if day - one < 7]) < patient.most_per_week:
                for start in self.open.starts(day):
                    if not self.open.why_not(patient, self._format(patient), start) and self._fits(patient, start):
                        return start
        return None

    def _format(self, patient: Patient) -> Format:
        return self.open.problem.formats[patient.format]

    def _marks(self, patient: Patient, start: Start) -> range:
        return range(start.minute, start.minute + self._format(patient).stay_min, 5)

    def _fits(self, patient: Patient, start: Start) -> bool:
        format_ = self._format(patient)
        chairs = sum(room.chairs for room in self.open.problem.rooms if room.kind == "treatment")
        giving = self._giving_part(patient, start)
        for mark in self._marks(patient, start):
            close = self._giving[mark] + (giving.start <= mark < giving.end)
            watched = self._chairs[mark] + 1 - close
            nurses = close + -(-watched // format_.patients_per_nurse_observing)
            if self._chairs[mark] + 1 > chairs or nurses > self.open.on_duty("nurse", mark):
                return False
        return True

    def _giving_part(self, patient: Patient, start: Start) -> Span:
        format_ = self._format(patient)
        begins = start.minute + format_.arrive_min
        return Span(begins, begins + max(format_.close_min, format_.give_min))

    def _take(self, patient: Patient, start: Start) -> None:
        giving = self._giving_part(patient, start)
        for mark in self._marks(patient, start):
            self._chairs[mark] += 1
            self._giving[mark] += giving.start <= mark < giving.end


def first_fit(problem: Problem) -> FirstFit:
    """Everybody booked in their order."""
    found = FirstFit(Open(problem))
    for patient in problem.patients:
        found.book(patient)
    return found
