"""What people do around the drug: who answers for the patient, the room, what was seen, help, the door."""

from datetime import datetime
from typing import TYPE_CHECKING

from kapstone.care.quantities import Instant
from kapstone.care.session.event import Event

from .kind import Handler, plain

if TYPE_CHECKING:
    from kapstone.care.session.fold import SessionState


def _observation(state: "SessionState", event: Event) -> str | None:
    what = event.payload["what"]
    known = state.observations.get(what)
    if known and known.at_device > event.at_device:
        return "Late: a newer observation stands."
    state.observations[what] = event
    return None


def _seated(state: "SessionState", event: Event) -> None:
    """Where the patient sits: from arrival on, and wherever they move."""
    state.chair = str(event.payload.get("chair", state.chair))


def _setting(state: "SessionState", event: Event) -> None:
    state.setting.update(event.payload)


def _part(state: "SessionState", event: Event) -> None:
    state.part, state.part_since = event.payload["name"], event.at_device


def _taken_over(state: "SessionState", event: Event) -> None:
    state.owner = event.author


def _effect(state: "SessionState", event: Event) -> str | None:
    event.payload["effect"]
    state.effects.append(event)
    return None


def _effects_asked(state: "SessionState", event: Event) -> None:
    state.asked[int(event.payload["minute"])] = event


def _help_called(state: "SessionState", event: Event) -> str | None:
    event.payload["card"]
    state.help.append(event)
    return None


def _help_step(state: "SessionState", event: Event) -> str | None:
    event.payload["step"]
    state.help_steps.append(event)
    return None if state.help else "No help was called before this step."


def _help_ended(state: "SessionState", event: Event) -> str | None:
    state.help_ended = event
    return None if state.help else "No help was called before this."


def _not_ready(state: "SessionState", event: Event) -> None:
    """Somebody looked, and says when they look again."""
    state.look_again = Instant(datetime.fromisoformat(event.payload["again"]))


def _signed_off(state: "SessionState", event: Event) -> None:
    state.signed_off = event


def _record_signed(state: "SessionState", event: Event) -> None:
    state.signed.append(event)


HANDLERS: dict[str, Handler] = {
    "arrived": _seated,
    "seated": _seated,
    "observation": _observation,
    "setting": _setting,
    "part": _part,
    "taken_over": _taken_over,
    "effect": _effect,
    "effects_asked": _effects_asked,
    "help_called": _help_called,
    "help_step": _help_step,
    "help_ended": _help_ended,
    "not_ready": _not_ready,
    "signed_off": _signed_off,
    "device_matched": plain,
    "device_unmatched": plain,
    "note": plain,
    "released": plain,
    "transferred": plain,
    "record_signed": _record_signed,
}
