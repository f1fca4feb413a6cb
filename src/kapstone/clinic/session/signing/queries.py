"""What the document of a session says: facts, numbers, and everything else on the same clock."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from kapstone.care.quantities import Instant, elapsed_min, plain
from kapstone.care.session import OBSERVED, SIGNALS, Event
from kapstone.care.session.kinds import UNREADABLE
from kapstone.care.session.readings import Judged, Standing
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.queries import names_of
from kapstone.clinic.session.monitor import chart
from kapstone.clinic.session.queries import Seen
from kapstone.clinic.session.record import head
from kapstone.clinic.session.wording import HOW, found_words, name_of, room_words, words

COLUMNS = ("hr", "pulse", "spo2", "rr", "map", "moaas", "nausea", "distress")
"""Every signal but the two pressures, which share a column; those that nobody measured are left out."""


@dataclass(frozen=True, slots=True)
class Set:
    """One set of readings as a row: clock time, minute, pressure, then the columns; what was not used says so.

    `how` says who wrote it or took it from a device, `late` when, where that is later; `dated` is True on another
    day than that of the session, where a clock time alone would say too little.
    """

    at: Instant
    minute: int | None
    pressure: str
    values: tuple[str, ...]
    how: str
    late: Instant | None
    dated: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One other line: clock time, minute, words, who, and what is odd about it; `dated` as in a set."""

    at: Instant
    minute: int | None
    words: str
    who: str
    remark: str
    late: Instant | None
    dated: bool


def document(act: Act, now: Seen) -> dict[str, object]:
    """The context of the document."""
    state = now.state
    measured = {key for _, found in state.readings for key in found}
    columns = [key for key in COLUMNS if key in measured]
    people = {*(line.event.author for line in state.lines), *(one.seen_by for one in state.watch.episodes)}
    names = {str(key): name for key, name in names_of({UUID(one) for one in people if one}).items()}
    return {
        "now_session": now,
        "patient": now.session.patient,
        "chart": chart(now) if state.clock_zero else "",
        "columns": [SIGNALS[key].words for key in columns],
        "sets": list(_sets(now, columns, names)),
        "doses": state.doses,
        "others": list(_others(now, names)),
        "reminders": [(one, names.get(one.seen_by, "")) for one in state.watch.episodes],
        "looked": [
            (found_words(event.payload) if event is not None else said, event)
            for key, said in OBSERVED.items()
            for event in (state.observations.get(key),)
        ],
        "room": room_words(state.setting),
        "signatures": [(name_of(one.author), one.at_device, one.payload["lines"]) for one in state.signed],
        "owner": name_of(state.owner),
        "lines": len(state.lines),
        "head": head(now.session)[:16],
    }


def _minute(now: Seen, at: Instant) -> int | None:
    zero = now.state.clock_zero
    return int(elapsed_min(zero, at) // 1) if zero is not None else None


def _sets(now: Seen, columns: list[str], names: Mapping[str, str]) -> Iterator[Set]:
    """Readings in the order of their own times, whenever they were written."""
    lines = [one for one in now.state.lines if one.event.kind == "reading" and one.remark != UNREADABLE]
    wrote = sorted((one.event for one in lines), key=lambda one: one.at_device)
    for (at, values), event in zip(now.state.readings, wrote, strict=True):
        told = {key: _said(one) for key, one in values.items()}
        pressure = f"{told.get('sbp', '–')}/{told.get('dbp', '–')}" if {"sbp", "dbp"} & set(told) else ""
        row = tuple(told.get(key, "") for key in columns)
        how = f"{names.get(event.author, '')}{HOW.get(str(event.payload.get('entered')), '')}"
        yield Set(at, _minute(now, at), pressure, row, how.strip(), _written_late(event), _dated(now, at))


def _said(one: Judged) -> str:
    remark = {Standing.USED: "", Standing.NO_BREATHS: f", {Standing.NO_BREATHS}"}
    return plain(one.value) + remark.get(one.standing, f" {one.standing}, not used")


def _dated(now: Seen, at: Instant) -> bool:
    """Whether this was on another day than the session."""
    zone = now.session.clinic.zone
    return at.astimezone(zone).date() != now.session.opened_at.astimezone(zone).date()


def _written_late(event: Event) -> Instant | None:
    """When it was written, where that is a minute or more after it was true."""
    return event.at_received if (event.at_received - event.at_device).total_seconds() >= 60 else None


def _others(now: Seen, names: Mapping[str, str]) -> Iterator[Told]:
    for line in sorted(now.state.lines, key=lambda one: one.event.at_device):
        event = line.event
        if event.kind == "reading" and not line.remark:
            continue
        at, late = event.at_device, _written_late(event)
        who = names.get(event.author, "")
        yield Told(at, _minute(now, at), words(line), who, line.remark, late, _dated(now, at))
