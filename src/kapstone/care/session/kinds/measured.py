"""Readings, the sets that were closed without one, and the reminders that somebody has seen."""

from typing import TYPE_CHECKING

from kapstone.care.quantities import Instant, decimal_from, minutes
from kapstone.care.session.event import Event
from kapstone.care.session.readings import Judged, Latest, Standing, judge
from kapstone.care.session.reminders import Episode
from kapstone.care.session.signals import SIGNALS

from .kind import Handler

if TYPE_CHECKING:
    from kapstone.care.session.fold import SessionState


def _reading(state: "SessionState", event: Event) -> str | None:
    values = {key: decimal_from(text) for key, text in event.payload["values"].items()}
    typed = event.payload.get("entered") == "typed"
    judged = judge(values, state.policy, typed=typed)
    at = event.at_device
    fresh = {key: one for key, one in judged.items() if not _is_late(state, key, at)}
    _insert(state.readings, at, judged)
    state.technical.take(fresh, at, typed=typed)
    _remind(state, fresh, at)
    for key, one in judged.items():
        _keep(state, key, one, at)
    if len(fresh) == len(judged):
        return None
    late = ", ".join(SIGNALS[key].words.lower() for key in judged if key not in fresh)
    return f"Late: newer values of {late} stand; this reminds of nothing."


def _is_late(state: "SessionState", key: str, at: Instant) -> bool:
    """Late only against newer values of the same signal, and not for a minute or two between two people's clocks."""
    latest = state.latest.get(key)
    grace = minutes(float(state.policy.number("session.charting.late_entry_min")))
    return latest is not None and latest.at - at > grace


def _keep(state: "SessionState", key: str, one: Judged, at: Instant) -> None:
    if key not in state.latest or at >= state.latest[key].at:
        state.latest[key] = Latest(one, at)
    if one.standing is Standing.USED and (key not in state.peak or one.value > state.peak[key].judged.value):
        state.peak[key] = Latest(one, at)


def _remind(state: "SessionState", judged: dict[str, Judged], at: Instant) -> None:
    for key, one in judged.items():
        # The watch is fed in order of time; a value from within the grace counts as of the newest.
        moment = max(at, state.latest[key].at) if key in state.latest else at
        if one.standing is Standing.USED:
            # A pulse speaks for the heart where nothing else does.
            state.watch.take("hr" if key == "pulse" and "hr" not in judged else key, one.value, moment)
        elif one.standing is Standing.NO_BREATHS:
            state.watch.take(key, one.value, moment, breaths_none=True)


def _insert(readings: list[tuple[Instant, dict[str, Judged]]], at: Instant, judged: dict[str, Judged]) -> None:
    place = next((i for i in range(len(readings) - 1, -1, -1) if readings[i][0] <= at), -1)
    readings.insert(place + 1, (at, judged))


def _slot_closed(state: "SessionState", event: Event) -> str | None:
    minute = int(event.payload["minute"])
    if minute in state.closed:
        return "This set was closed before; the first reason stands."
    state.closed[minute] = event
    return None


def _seen(state: "SessionState", event: Event) -> str | None:
    for episode in state.watch.current():
        if episode.rule.id == event.payload["reminder"]:
            return _look_again(state, episode, event)
    return "No such reminder was open."


def _look_again(state: "SessionState", episode: Episode, event: Event) -> str | None:
    if event.at_device < episode.told:
        return "Late: the reminder rose after this; it has not been seen since."
    wait = float(state.policy.number("session.episode.look_again_min"))
    episode.seen_by, episode.seen_at = event.author, event.at_device
    episode.look_again = Instant(event.at_device + minutes(wait))
    return None


HANDLERS: dict[str, Handler] = {
    "reading": _reading,
    "slot_closed": _slot_closed,
    "reminder_seen": _seen,
}
