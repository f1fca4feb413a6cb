"""Short ways to write a session record in a test: minutes, kinds and payloads in, events or a state out."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from itertools import takewhile
from uuid import UUID

from kapstone.care.evidence import default_policy
from kapstone.care.plan import FORMATS
from kapstone.care.quantities import Instant, minutes
from kapstone.care.session import Event, SessionState, fold
from kapstone.care.session.slots import times

POLICY = default_policy()
START = Instant(datetime(2026, 3, 2, 15, 0, tzinfo=UTC))
SESSION = UUID(int=7)

Entry = tuple[float, str, Mapping[str, object]]


def moment(minute: float) -> Instant:
    """So many minutes into the day of the session."""
    return Instant(START + minutes(minute))


def event(minute: float, kind: str, payload: Mapping[str, object] | None = None, seq: int = 0, v: int = 1) -> Event:
    """One line, written by a nurse on one tablet at the minute at which it happened."""
    when = moment(minute)
    return Event(UUID(int=seq + 1), kind, v, SESSION, "tablet-1", "1", seq, when, when, "nurse", payload or {})


def record(*entries: Entry) -> list[Event]:
    """A record in order of position."""
    return [event(minute, kind, payload, seq) for seq, (minute, kind, payload) in enumerate(entries)]


def state_of(*entries: Entry) -> SessionState:
    """The state after these lines."""
    return fold(record(*entries), POLICY)


def reading(minute: float, **values: object) -> Entry:
    """One set of readings; every number travels as text."""
    return (minute, "reading", {"values": {key: str(value) for key, value in values.items()}})


def baseline(sbp: int = 120, dbp: int = 70) -> Entry:
    """The pressures before the dose."""
    return (0, "baseline", {"sbp": str(sbp), "dbp": str(dbp)})


def to_dosing(format_id: str = "iv", sbp: int = 120, dbp: int = 70) -> list[Entry]:
    """From the door to the first drug, all in minute 0."""
    return [
        (0, "arrived", {}),
        (0, "timeout_passed", {"sbp": str(sbp), "dbp": str(dbp)}),
        (0, "dose_started", {"format": format_id}),
    ]


def closed(format_id: str, until: int = 400) -> list[Entry]:
    """A reason for every set of readings of a format, for a test that is about something else."""
    minutes_asked = takewhile(lambda minute: minute <= until, times(FORMATS[format_id], POLICY))
    return [(0, "slot_closed", {"minute": str(minute), "reason": "other"}) for minute in minutes_asked]


def told(*entries: Entry) -> list[tuple[str, str, Decimal]]:
    """The reminders as (rule, level, worst value)."""
    return [(one.rule.id, one.level.word, one.worst) for one in state_of(*entries).watch.episodes]
