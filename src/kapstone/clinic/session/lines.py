"""Writes one line of a session under its lock: who may, whether it may follow, and the ledger's word for it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from kapstone.care.session import allowed
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, sign
from kapstone.clinic.session.queries import Seen, session_of
from kapstone.clinic.session.record import already, append, head, lock

if TYPE_CHECKING:
    from kapstone.clinic.session.models import TreatmentSession

WORDS: Mapping[str, str] = {
    "arrived": "arrive",
    "timeout_passed": "pass the time-out",
    "timeout_failed": "write that the time-out failed",
    "dose_started": "start the dose",
    "device_given": "give a device",
    "dose_ended": "end the dose",
    "dose_stopped": "stop the dose",
    "released": "release the patient",
    "cancelled": "call the session off",
}


def held(act: Act, session_id: UUID, verb: str) -> Seen:
    """The session as it is now, with its row locked until the act is done. Nobody charts for themselves."""
    lock(session_id)
    now = session_of(act, session_id, verb)
    if act.actor is not None and now.session.patient.user_id == act.actor.id:
        raise Refused("You cannot do this for yourself; a colleague does it.")
    return now


def may_follow(now: Seen, kind: str) -> None:
    """Refuses a line that the session's phase does not allow."""
    if not allowed(now.phase, kind):
        what = WORDS.get(kind, "add this")
        raise Refused(f"You cannot {what} now: the session is {now.phase}. Open the page again.")


def write_line(
    act: Act,
    session_id: UUID,
    kind: str,
    payload: Mapping[str, object],
    *,
    words: str = "",
    event_id: UUID | None = None,
    verb: str = "session.chart",
) -> "tuple[TreatmentSession, bool]":
    """Writes one line; returns the session and whether the line is new, not a second sending of the same."""
    now = held(act, session_id, verb)
    if not already(now.session, event_id, kind):
        may_follow(now, kind)
    _, new = append(act, now.session, kind, payload, words=words, event_id=event_id)
    sign_for(now.session, kind)
    return now.session, new


def sign_for(session: "TreatmentSession", what: str, **detail: object) -> None:
    """The ledger's word for what was done, with the head of the record."""
    sign(what, session.patient_id, session=session.id, head=head(session), **detail)
