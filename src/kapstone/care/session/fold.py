"""The session record as a fold: events in, the state of the session out, each event in constant time.

The same fold runs on the server, in the simulator, in tests and in replay. It never fails: an event that could not
be read, came late or contradicts another is kept and shown as such, because the record holds what people wrote and
not what would have been tidy.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant

from .event import Event, newest_version, upcast
from .kinds import BROKEN, HANDLERS, UNREADABLE, attempt
from .kinds.dosed import Dosing
from .lifecycle import MOVING_KINDS, Phase, after, allowed
from .readings import Judged, Latest
from .reminders import Watch
from .technical import TechnicalWatch

OVER = "Addendum: written after the session was over."
SIGNED = "Addendum: written after the record was signed."


@dataclass(frozen=True, slots=True)
class Line:
    """One line as people read it. `remark` says what is odd about it, or nothing."""

    position: int
    event: Event
    remark: str = ""


@dataclass(slots=True)
class SessionState:
    """Everything a page, a print or an export says of one treatment session.

    `clock_zero` is the start of the first dose; `dose`, `dose_end` and `stopped` are of the newest. `owner` answers
    for the patient. `misses` is what a time-out stopped at and no prescriber has cleared. `checked` is the second
    person's check that counts for the next start. `look_again` is when somebody said that they look again,
    `signed_off` a prescriber's signature under the release.
    """

    policy: Policy
    phase: Phase = Phase.PLANNED
    clock_zero: Instant | None = None
    last_given: Instant | None = None
    dose_end: Instant | None = None
    over_at: Instant | None = None
    owner: str = ""
    chair: str = ""
    dose: Mapping[str, Any] = field(default_factory=dict)
    doses: list[Dosing] = field(default_factory=list)
    stopped: bool = False
    misses: dict[str, Event] = field(default_factory=dict)
    checked: Event | None = None
    latest: dict[str, Latest] = field(default_factory=dict)
    peak: dict[str, Latest] = field(default_factory=dict)
    readings: list[tuple[Instant, dict[str, Judged]]] = field(default_factory=list)
    closed: dict[int, Event] = field(default_factory=dict)
    observations: dict[str, Event] = field(default_factory=dict)
    medicines: list[Event] = field(default_factory=list)
    effects: list[Event] = field(default_factory=list)
    asked: dict[int, Event] = field(default_factory=dict)
    help: list[Event] = field(default_factory=list)
    help_steps: list[Event] = field(default_factory=list)
    help_ended: Event | None = None
    setting: dict[str, Any] = field(default_factory=dict)
    part: str = ""
    part_since: Instant | None = None
    look_again: Instant | None = None
    signed_off: Event | None = None
    signed: list[Event] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    watch: Watch = field(init=False)
    technical: TechnicalWatch = field(init=False)

    def __post_init__(self) -> None:
        self.watch, self.technical = Watch(self.policy), TechnicalWatch(self.policy)

    def take(self, event: Event) -> Line:
        """Applies the next event in position order and returns the line it became."""
        newest = _newest(event)
        event = newest or event
        handler = HANDLERS.get(event.kind)
        if newest is None or handler is None:
            remark = "This line could not be read: its kind or version is not known here."
        elif not allowed(self.phase, event.kind):
            remark = f"Contradicts the record: the session is {self.phase}."
            if event.kind not in MOVING_KINDS:
                remark = attempt(handler, self, event) or OVER
        else:
            remark = attempt(handler, self, event)
            if self.phase.over and event.kind not in MOVING_KINDS:
                remark = remark or (SIGNED if self.signed else OVER)
            # A line that could not be read moves nothing.
            self.phase = self.phase if remark == UNREADABLE else after(self.phase, event.kind)
            if self.phase.over and event.kind in MOVING_KINDS and self.over_at is None:
                self.over_at = event.at_device
        line = Line(len(self.lines) + 1, event, remark)
        self.lines.append(line)
        return line

    @property
    def baseline(self) -> dict[str, Decimal]:
        """The pressures before the dose."""
        return self.watch.baseline

    @property
    def helping(self) -> Event | None:
        """The newest call for help, while it is not ended; None otherwise."""
        call = self.help[-1] if self.help else None
        return None if call and self.help_ended and self.help_ended.at_device >= call.at_device else call

    @property
    def contradictions(self) -> list[Line]:
        """Lines that say something the record does not allow."""
        return [line for line in self.lines if line.remark.startswith("Contradicts")]


def fold(events: Iterable[Event], policy: Policy) -> SessionState:
    """The state after these events, in their order of position."""
    state = SessionState(policy)
    for event in events:
        state.take(event)
    return state


def _newest(event: Event) -> Event | None:
    """The event in its newest version, or None when that version cannot be made here."""
    try:
        newest = upcast(event)
    except BROKEN:
        return None
    return newest if newest.v == newest_version(newest.kind) else None
