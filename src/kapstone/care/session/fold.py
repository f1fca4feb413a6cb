"""The session record as a fold: events in, the state of the session out, each event in constant time.

The same fold runs on the server, in the simulator, in tests and in replay. It never fails: an event that could not
be read, came late or contradicts another is kept and shown as such, because the record holds what people wrote and
not what would have been tidy.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant, decimal_from, minutes

from .event import Event, newest_version, upcast
from .lifecycle import MOVING_KINDS, Phase, after, allowed
from .readings import Judged, Standing, judge
from .reminders import Episode, Watch
from .signals import SIGNALS
from .technical import TechnicalWatch


@dataclass(frozen=True, slots=True)
class Line:
    """One line as people read it. `remark` says what is odd about it, or nothing."""

    position: int
    event: Event
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Latest:
    """A value with its standing and the moment it was true."""

    judged: Judged
    at: Instant


@dataclass(slots=True)
class SessionState:
    """Everything a page, a print or an export says of one treatment session."""

    policy: Policy
    phase: Phase = Phase.PLANNED
    clock_zero: Instant | None = None
    last_given: Instant | None = None
    dose_end: Instant | None = None
    dose: Mapping[str, Any] = field(default_factory=dict)
    stopped: bool = False
    latest: dict[str, Latest] = field(default_factory=dict)
    peak: dict[str, Latest] = field(default_factory=dict)
    readings: list[tuple[Instant, dict[str, Judged]]] = field(default_factory=list)
    observations: dict[str, Event] = field(default_factory=dict)
    medicines: list[Event] = field(default_factory=list)
    setting: dict[str, Any] = field(default_factory=dict)
    part: str = ""
    lines: list[Line] = field(default_factory=list)
    watch: Watch = field(init=False)
    technical: TechnicalWatch = field(default_factory=TechnicalWatch)

    def __post_init__(self) -> None:
        self.watch = Watch(self.policy)

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
                remark = "Addendum: written after the session was over."
                remark = _try(handler, self, event) or remark
        else:
            remark = _try(handler, self, event)
            # A line that could not be read moves nothing.
            self.phase = self.phase if remark == UNREADABLE else after(self.phase, event.kind)
        line = Line(len(self.lines) + 1, event, remark)
        self.lines.append(line)
        return line

    @property
    def baseline(self) -> dict[str, Decimal]:
        """The pressures before the dose."""
        return self.watch.baseline

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


Handler = Callable[[SessionState, Event], str | None]

UNREADABLE = "This line could not be read: something in it is missing or not a number."
BROKEN = (KeyError, ValueError, TypeError, AttributeError)


def _newest(event: Event) -> Event | None:
    """The event in its newest version, or None when that version cannot be made here."""
    try:
        newest = upcast(event)
    except BROKEN:
        return None
    return newest if newest.v == newest_version(newest.kind) else None


def _try(handler: Handler, state: SessionState, event: Event) -> str:
    try:
        return handler(state, event) or ""
    except BROKEN:
        return UNREADABLE


def _reading(state: SessionState, event: Event) -> str | None:
    values = {key: decimal_from(text) for key, text in event.payload["values"].items()}
    judged = judge(values, state.policy, typed=event.payload.get("entered") == "typed")
    at = event.at_device
    fresh = {key: one for key, one in judged.items() if not _is_late(state, key, at)}
    _insert(state.readings, at, judged)
    state.technical.take(fresh, at)
    _remind(state, fresh, at)
    for key, one in judged.items():
        _keep(state, key, one, at)
    if len(fresh) == len(judged):
        return None
    late = ", ".join(SIGNALS[key].words.lower() for key in judged if key not in fresh)
    return f"Late: newer values of {late} stand; this reminds of nothing."


def _is_late(state: SessionState, key: str, at: Instant) -> bool:
    """Late only against newer values of the same signal, and not for a minute or two between two people's clocks."""
    latest = state.latest.get(key)
    grace = minutes(float(state.policy.number("session.charting.late_entry_min")))
    return latest is not None and latest.at - at > grace


def _keep(state: SessionState, key: str, one: Judged, at: Instant) -> None:
    if key not in state.latest or at >= state.latest[key].at:
        state.latest[key] = Latest(one, at)
    if one.standing is Standing.USED and (key not in state.peak or one.value > state.peak[key].judged.value):
        state.peak[key] = Latest(one, at)


def _remind(state: SessionState, judged: dict[str, Judged], at: Instant) -> None:
    for key, one in judged.items():
        # The watch is fed in order of time; a value from within the grace counts as of the newest.
        moment = max(at, state.latest[key].at) if key in state.latest else at
        if one.standing is Standing.USED:
            state.watch.take(key, one.value, moment)
        elif one.standing is Standing.NO_BREATHS:
            state.watch.take(key, one.value, moment, breaths_none=True)


def _insert(readings: list[tuple[Instant, dict[str, Judged]]], at: Instant, judged: dict[str, Judged]) -> None:
    place = next((i for i in range(len(readings) - 1, -1, -1) if readings[i][0] <= at), -1)
    readings.insert(place + 1, (at, judged))


def _baseline(state: SessionState, event: Event) -> None:
    state.watch.baseline.update({key: decimal_from(event.payload[key]) for key in ("sbp", "dbp")})


def _timeout_passed(state: SessionState, event: Event) -> None:
    if "sbp" in event.payload:
        _baseline(state, event)


def _dose_started(state: SessionState, event: Event) -> None:
    state.dose = event.payload
    state.clock_zero = state.last_given = event.at_device


def _device_given(state: SessionState, event: Event) -> str | None:
    """The observation time counts from the latest device, whatever the order in which lines arrive."""
    state.last_given = max(state.last_given or event.at_device, event.at_device)
    if state.phase is not Phase.DOSING:
        return f"Contradicts the record: a device was given while the session is {state.phase}."
    return None


def _dose_ended(state: SessionState, event: Event) -> None:
    state.dose_end = event.at_device


def _dose_stopped(state: SessionState, event: Event) -> None:
    state.dose_end = event.at_device
    state.stopped = True


def _observation(state: SessionState, event: Event) -> str | None:
    what = event.payload["what"]
    known = state.observations.get(what)
    if known and known.at_device > event.at_device:
        return "Late: a newer observation stands."
    state.observations[what] = event
    return None


def _medicine(state: SessionState, event: Event) -> None:
    state.medicines.append(event)


def _seen(state: SessionState, event: Event) -> str | None:
    for episode in state.watch.current():
        if episode.rule.id == event.payload["reminder"]:
            return _look_again(state, episode, event)
    return "No such reminder was open."


def _look_again(state: SessionState, episode: Episode, event: Event) -> str | None:
    if event.at_device < episode.told:
        return "Late: the reminder rose after this; it has not been seen since."
    wait = float(state.policy.number("session.episode.look_again_min"))
    episode.seen_by, episode.seen_at = event.author, event.at_device
    episode.look_again = Instant(event.at_device + minutes(wait))
    return None


def _setting(state: SessionState, event: Event) -> None:
    state.setting.update(event.payload)


def _part(state: SessionState, event: Event) -> None:
    state.part = event.payload["name"]


def _plain(state: SessionState, event: Event) -> None:
    """A kind that only stands in the record, or only moves the phase."""


HANDLERS: dict[str, Handler] = {
    "arrived": _plain,
    "cancelled": _plain,
    "baseline": _baseline,
    "timeout_passed": _timeout_passed,
    "timeout_failed": _plain,
    "dose_started": _dose_started,
    "device_given": _device_given,
    "dose_ended": _dose_ended,
    "dose_stopped": _dose_stopped,
    "reading": _reading,
    "observation": _observation,
    "medicine_given": _medicine,
    "reminder_seen": _seen,
    "setting": _setting,
    "part": _part,
    "note": _plain,
    "released": _plain,
    "transferred": _plain,
}
"""Every kind of event this version knows."""
