"""What the document of a session says: facts, numbers, and everything else on the same clock."""

from collections.abc import Iterator
from dataclasses import dataclass

from kapstone.care.quantities import Instant, elapsed_min, plain
from kapstone.care.session import OBSERVED, SIGNALS
from kapstone.care.session.readings import Judged, Standing
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.session.monitor import chart
from kapstone.clinic.session.queries import Seen
from kapstone.clinic.session.record import head
from kapstone.clinic.session.wording import name_of, room_words, words

COLUMNS = ("hr", "spo2", "rr", "moaas", "nausea", "distress")


@dataclass(frozen=True, slots=True)
class Set:
    """One set of readings as a row: clock time, minute, pressure, then `COLUMNS`; what was not used says so."""

    at: Instant
    minute: int | None
    pressure: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One other line: clock time, minute, words, who, and what is odd about it."""

    at: Instant
    minute: int | None
    words: str
    who: str
    remark: str
    late: Instant | None


def document(act: Act, now: Seen) -> dict[str, object]:
    """The context of the document."""
    state = now.state
    return {
        "now_session": now,
        "patient": now.session.patient,
        "chart": chart(now) if state.clock_zero else "",
        "columns": [SIGNALS[key].words for key in COLUMNS],
        "sets": list(_sets(now)),
        "others": list(_others(now)),
        "looked": [(said, state.observations.get(key)) for key, said in OBSERVED.items()],
        "room": room_words(state.setting),
        "signatures": [(name_of(one.author), one.at_device, one.payload["lines"]) for one in state.signed],
        "owner": name_of(state.owner),
        "lines": len(state.lines),
        "head": head(now.session)[:16],
    }


def _minute(now: Seen, at: Instant) -> int | None:
    zero = now.state.clock_zero
    return int(elapsed_min(zero, at) // 1) if zero is not None else None


def _sets(now: Seen) -> Iterator[Set]:
    """Readings in the order of their own times, whenever they were written."""
    for at, values in sorted(now.state.readings, key=lambda one: one[0]):
        told = {
            key: plain(one.value) + ("" if one.standing is Standing.USED else " not used")
            for key, one in values.items()
        }
        pressure = f"{told['sbp']}/{told.get('dbp', '')}" if "sbp" in told else ""
        yield Set(at, _minute(now, at), pressure, tuple(told.get(key, "") for key in COLUMNS))


def _said(one: Judged) -> str:
    return plain(one.value) + ("" if one.standing is Standing.USED else " not used")


def _others(now: Seen) -> Iterator[Told]:
    for line in sorted(now.state.lines, key=lambda one: one.event.at_device):
        event = line.event
        if event.kind == "reading" and not line.remark:
            continue
        late = event.at_received if (event.at_received - event.at_device).total_seconds() >= 60 else None
        yield Told(
            event.at_device, _minute(now, event.at_device), words(line), name_of(event.author), line.remark, late
        )
