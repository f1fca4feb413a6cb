"""The life of a treatment session, as one table. `docs/reference/session-states.md` is drawn from it.

After a stop the ways on are observing and leaving. One line leads back to dosing, `dose_again`, and it needs a new
order, a new check by a second person and a confirmation of its own.
"""

from enum import StrEnum


class Phase(StrEnum):
    """Where a session stands."""

    PLANNED = "planned"
    ARRIVED = "arrived"
    READY = "ready"
    DOSING = "dosing"
    OBSERVING = "observing"
    RELEASED = "released"
    TRANSFERRED = "transferred"
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        """True when nothing more can happen but an addendum."""
        return self in (Phase.RELEASED, Phase.TRANSFERRED, Phase.CANCELLED)

    @property
    def owner(self) -> str:
        """The role that answers for the patient in this phase."""
        return {
            Phase.PLANNED: "front desk",
            Phase.ARRIVED: "nurse",
            Phase.READY: "prescriber",
            Phase.DOSING: "nurse",
            Phase.OBSERVING: "nurse",
            Phase.RELEASED: "prescriber",
            Phase.TRANSFERRED: "prescriber",
            Phase.CANCELLED: "front desk",
        }[self]


TRANSITIONS: dict[tuple[Phase, str], Phase] = {
    (Phase.PLANNED, "arrived"): Phase.ARRIVED,
    (Phase.PLANNED, "cancelled"): Phase.CANCELLED,
    (Phase.ARRIVED, "timeout_passed"): Phase.READY,
    (Phase.ARRIVED, "timeout_failed"): Phase.ARRIVED,
    (Phase.ARRIVED, "transferred"): Phase.TRANSFERRED,
    (Phase.ARRIVED, "cancelled"): Phase.CANCELLED,
    (Phase.READY, "timeout_passed"): Phase.READY,
    (Phase.READY, "dose_started"): Phase.DOSING,
    (Phase.READY, "timeout_failed"): Phase.ARRIVED,
    (Phase.READY, "transferred"): Phase.TRANSFERRED,
    (Phase.READY, "cancelled"): Phase.CANCELLED,
    (Phase.DOSING, "dose_ended"): Phase.OBSERVING,
    (Phase.DOSING, "dose_stopped"): Phase.OBSERVING,
    (Phase.DOSING, "transferred"): Phase.TRANSFERRED,
    (Phase.OBSERVING, "dose_again"): Phase.DOSING,
    (Phase.OBSERVING, "released"): Phase.RELEASED,
    (Phase.OBSERVING, "transferred"): Phase.TRANSFERRED,
    (Phase.RELEASED, "record_signed"): Phase.RELEASED,
    (Phase.TRANSFERRED, "record_signed"): Phase.TRANSFERRED,
    (Phase.CANCELLED, "record_signed"): Phase.CANCELLED,
}

MOVING_KINDS = frozenset(kind for _, kind in TRANSITIONS)
ENDING = frozenset(kind for (phase, kind), then in TRANSITIONS.items() if then.over and not phase.over)
"""The kinds that end a session."""


ADDENDA = frozenset({"note", "effect", "help_called", "help_step", "help_ended"})
"""What may be written when the session is over, as after a fall at the door: it then stands as an addendum."""


def allowed(phase: Phase, kind: str) -> bool:
    """Whether this kind of event may happen now. Kinds that move nothing may happen until the session is over."""
    if kind in MOVING_KINDS:
        return (phase, kind) in TRANSITIONS
    return not phase.over or kind in ADDENDA


def after(phase: Phase, kind: str) -> Phase:
    """The phase after an event; unchanged for a kind that moves nothing or may not happen now."""
    return TRANSITIONS.get((phase, kind), phase)
