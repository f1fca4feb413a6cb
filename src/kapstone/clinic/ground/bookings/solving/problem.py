"""What is to be booked, and what is there to book it with: values without behaviour beyond reading themselves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from kapstone.care.plan import TherapyForm, visit_expected

DOSING, INTEGRATION, PREPARATION = "dosing", "integration", "preparation"
"""The kinds of booking."""

NEAREST, WIDEST = 2, 60
"""As few and as many days as may lie between two doses."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Minutes from `start` until `end`; the end is not part of it."""

    start: int
    end: int

    def meets(self, other: "Span") -> bool:
        """Whether both share a minute."""
        return self.start < other.end and other.start < self.end

    def after(self, minute: int) -> "Span":
        """The same span counted from this minute."""
        return Span(minute + self.start, minute + self.end)

    def holds(self, other: "Span") -> bool:
        """Whether the other lies wholly in this one."""
        return self.start <= other.start and other.end <= self.end


def inside(spans: Iterable[Span], wanted: Span) -> bool:
    """Whether one of the spans holds the wanted one."""
    return any(one.holds(wanted) for one in spans)


class Presence(StrEnum):
    """How long the therapist stays in a dose."""

    WHOLE = "whole"
    LANDING = "landing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of a stay in which so many patients share one person of a role; minutes from the stay's start."""

    role: str
    span: Span
    patients_per_person: int


@dataclass(frozen=True, slots=True)
class Format:
    """How long a stay takes and whom it needs. The dose ends `arrive` + `give` minutes after the start."""

    id: str
    arrive_min: int
    give_min: int
    observe_min: int
    close_min: int
    patients_per_nurse_giving: int
    patients_per_nurse_observing: int
    patients_per_prescriber: int
    needs_companion: bool = False

    @property
    def stay_min(self) -> int:
        """From arrival until the patient may leave at the earliest."""
        return self.arrive_min + self.give_min + self.observe_min

    @property
    def dose_end_min(self) -> int:
        """What the visit's window counts from, in minutes from the start of the stay."""
        return self.arrive_min + self.give_min

    def phases(self) -> tuple[Phase, ...]:
        """Whom a stay needs when. `close_min` is how long the close watch lasts from clock zero."""
        close = self.arrive_min + max(self.close_min, self.give_min)
        few, many = self.patients_per_nurse_giving, self.patients_per_nurse_observing
        parts = (
            Phase("nurse", Span(0, self.arrive_min), many),
            Phase("nurse", Span(self.arrive_min, close), few),
            Phase("nurse", Span(close, self.stay_min), many),
            Phase("prescriber", Span(0, self.stay_min), self.patients_per_prescriber),
        )
        return tuple(part for part in parts if part.span.end > part.span.start)

    def beside(self, presence: Presence, landing_min: int) -> Span | None:
        """When a therapist sits with the patient; None where nobody does."""
        end = min(self.dose_end_min + landing_min, self.stay_min)
        if presence is Presence.WHOLE:
            return Span(self.arrive_min, end)
        return Span(self.dose_end_min, end) if presence is Presence.LANDING else None


@dataclass(frozen=True, slots=True)
class Room:
    """A room with its chairs. `closed` is when it cannot be used."""

    name: str
    kind: str
    chairs: int = 1
    closed: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the staff. `works` is what is left of their hours after breaks and absences; `calls` adds the hours
    in which they see patients by video only."""

    name: str
    roles: frozenset[str]
    skills: frozenset[str]
    works: tuple[Span, ...]
    calls: tuple[Span, ...] = ()
    only_for: frozenset[str] | None = None
    """The patients who may be seen, where these are not all."""

    def at_work(self, remote: bool) -> tuple[Span, ...]:
        """When they can be booked, for a visit in the room or by video."""
        return self.calls if remote else self.works


@dataclass(frozen=True, slots=True)
class Patient:
    """One course to book. Days are counted from the problem's first day; `first` and `last` bound the doses."""

    name: str
    format: str
    doses: int
    gap_days: tuple[int, int]
    most_per_week: int
    first: int
    last: int
    therapy: TherapyForm
    therapist: str | None
    presence: Presence
    needs: frozenset[str]
    free: tuple[Span, ...]
    free_for_visits: tuple[Span, ...]
    companion_free: tuple[Span, ...] | None
    preparation: int = 0
    given: int = 0
    prefers_min: int | None = None
    only: frozenset[int] | None = None
    """Where a plan is kept: the minutes at which this patient's bookings begin, and no others."""

    not_on: frozenset[int] = frozenset()
    """Days on which no dose may begin, counted like `first`."""

    not_before_min: int = 0
    """The earliest start of a dose in minutes of the clinic's day."""

    gaps: tuple[tuple[int, int], ...] = ()
    """Days from the first dose to the second, from that to the third, and so on; after them `gap_days` hold."""

    held: frozenset[int] = frozenset()
    """Days on which doses of this patient are booked already, counted like `first`."""

    after: int | None = None
    """The day of the last dose that is given or booked already, where there is one."""

    def gap_after(self, number: int) -> tuple[int, int]:
        """The fewest and the most days from this dose to the next."""
        return self.gaps[number - 1] if 0 < number <= len(self.gaps) else self.gap_days

    def may_begin(self, minute: int) -> bool:
        """Whether a booking of this patient may begin at a minute."""
        return self.only is None or minute in self.only

    @property
    def remote(self) -> bool:
        """Whether the visits take no therapy room."""
        return self.therapy is TherapyForm.TELEHEALTH

    @property
    def numbers(self) -> range:
        """The doses that are to be booked, counted from 1; those already given are not."""
        return range(self.given + 1, self.doses + 1)

    def visited(self, number: int) -> bool:
        """Whether a visit is booked after this dose."""
        return visit_expected(self.therapy, number)


@dataclass(frozen=True, slots=True)
class Cover:
    """One person of the staff beside one booking for a while."""

    role: str
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Booking:
    """One time with its room and people. Without a room it is remote."""

    patient: str
    kind: str
    number: int
    span: Span
    room: str | None
    cover: tuple[Cover, ...] = ()
    format: str = ""
    given: bool = False
    """Whether it is a dose that was given: the next one keeps its distance, in whatever course it was."""


@dataclass(frozen=True, slots=True)
class Day:
    """One local day of the clinic: its opening, empty where it is closed, and the last start of a dose."""

    date: date
    open: Span
    last_start: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything. `taken` is booked and stays; `base` is booked and may move, which costs."""

    zone: ZoneInfo
    days: tuple[Day, ...]
    grid_min: int
    visit_min: int
    landing_min: int
    overrun_min: int
    window: Span
    formats: dict[str, Format]
    rooms: tuple[Room, ...]
    staff: tuple[Person, ...]
    patients: tuple[Patient, ...]
    taken: tuple[Booking, ...] = ()
    base: tuple[Booking, ...] = ()
    orphans: bool = False
    """Whether a dose may stand without its visit where nothing fits; the answer then names it as an orphan."""

    all_days: tuple[Span, ...] = field(default=())
    """Every local day of the horizon and two beyond it as a span, open or not: where visits may fall."""

    def people(self, role: str) -> Iterator[Person]:
        """The staff of a role."""
        return (one for one in self.staff if role in one.roles)

    def day_of(self, minute: int) -> int:
        """Which day of the horizon a minute falls on."""
        return next(place for place, day in enumerate(self.all_days) if day.start <= minute < day.end)

    def window_of(self, dose_end: int) -> tuple[int, int]:
        """The first and the last minute at which the visit may begin, both included."""
        return dose_end + self.window.start, dose_end + self.window.end
