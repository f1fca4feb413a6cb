"""From the time-out to the end of the drug: what was asked, checked, given, changed and stopped."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from kapstone.care.quantities import Instant, decimal_from
from kapstone.care.session.event import Event
from kapstone.care.session.lifecycle import Phase

from .kind import Handler, plain

if TYPE_CHECKING:
    from kapstone.care.session.fold import SessionState


@dataclass(slots=True)
class Dosing:
    """One stretch of giving: the line that began it, and how it ended."""

    begun: Event
    ended: Instant | None = None
    stopped: bool = False
    devices: list[Instant] = field(default_factory=list)
    rates: list[tuple[Instant, Decimal]] = field(default_factory=list)
    """Changes of an infusion's rate: when, and to how many milligrams a minute."""

    @property
    def mg(self) -> Decimal:
        """Milligrams of this stretch, as it was begun."""
        return decimal_from(self.begun.payload.get("mg", "0"))


def _baseline(state: "SessionState", event: Event) -> None:
    state.watch.baseline.update({key: decimal_from(event.payload[key]) for key in ("sbp", "dbp")})


def _timeout_passed(state: "SessionState", event: Event) -> None:
    if "sbp" in event.payload:
        _baseline(state, event)
    state.checked = None
    state.misses.clear()
    state.owner = state.owner or event.author


def _timeout_failed(state: "SessionState", event: Event) -> None:
    """What only a prescriber can clear stays open until one did."""
    state.checked = None
    state.misses.update(
        {one["key"]: event for one in event.payload.get("misses", ()) if one["clears"] == "prescriber"}
    )


def _timeout_cleared(state: "SessionState", event: Event) -> str | None:
    open_before = bool(state.misses)
    state.misses.clear()
    return None if open_before else "Nothing of a time-out was open for a prescriber."


def _second_check(state: "SessionState", event: Event) -> str | None:
    state.checked = event if event.payload["agrees"] == "yes" else None
    return None if state.checked else "The second person read something else; the dose may not start."


def _dose_started(state: "SessionState", event: Event) -> None:
    state.doses.append(Dosing(event, devices=[event.at_device]))
    state.dose, state.stopped, state.dose_end, state.checked = event.payload, False, None, None
    state.clock_zero = state.clock_zero or event.at_device
    state.last_given = event.at_device
    state.owner = state.owner or event.author


def _device_given(state: "SessionState", event: Event) -> str | None:
    """The observation time counts from the latest device, whatever the order in which lines arrive."""
    state.last_given = max(state.last_given or event.at_device, event.at_device)
    if state.doses:
        state.doses[-1].devices.append(event.at_device)
    if state.phase is not Phase.DOSING:
        return f"Contradicts the record: a device was given while the session is {state.phase}."
    return None


def _rate_changed(state: "SessionState", event: Event) -> str | None:
    rate = decimal_from(event.payload["mg_per_min"])
    if state.phase is not Phase.DOSING or not state.doses:
        return f"Contradicts the record: a rate was changed while the session is {state.phase}."
    state.doses[-1].rates.append((event.at_device, rate))
    return None


def _dose_ended(state: "SessionState", event: Event) -> None:
    state.dose_end = event.at_device
    if state.doses:
        state.doses[-1].ended = event.at_device


def _dose_stopped(state: "SessionState", event: Event) -> None:
    _dose_ended(state, event)
    state.stopped = True
    if state.doses:
        state.doses[-1].stopped = True


def _medicine(state: "SessionState", event: Event) -> None:
    state.medicines.append(event)


HANDLERS: dict[str, Handler] = {
    "cancelled": plain,
    "baseline": _baseline,
    "timeout_passed": _timeout_passed,
    "timeout_failed": _timeout_failed,
    "timeout_cleared": _timeout_cleared,
    "second_check": _second_check,
    "dose_started": _dose_started,
    "dose_again": _dose_started,
    "device_given": _device_given,
    "rate_changed": _rate_changed,
    "dose_ended": _dose_ended,
    "dose_stopped": _dose_stopped,
    "medicine_given": _medicine,
}
