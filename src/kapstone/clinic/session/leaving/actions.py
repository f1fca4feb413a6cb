"""How somebody leaves: looked at again and again, signed off where the policy asks, released when all is met."""

from uuid import UUID

from kapstone.care.quantities import Instant, minutes
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action
from kapstone.clinic.session.lines import held, may_follow, sign_for, write_line
from kapstone.clinic.session.queries import urgent
from kapstone.clinic.session.record import already, append

AGAIN_IN = (5, 10, 15, 20, 30, 45, 60)
"""Minutes until somebody looks again, to choose from."""


@action("session.release")
def release_patient(act: Act, session_id: UUID, words: str = "", event_id: UUID | None = None) -> None:
    """Releases the patient. Refused while anything is unmet, with everything that is."""
    now = held(act, session_id, "session.release")
    if already(now.session, event_id, "released"):
        return sign_for(now.session, "already released")
    may_follow(now, "released")
    if not now.release.ready:
        raise Refused("Not ready to leave. " + " ".join(str(one.reason) for one in now.release.unmet))
    if no := urgent(act, now):
        raise Refused(no)
    append(act, now.session, "released", {}, words=words.strip(), event_id=event_id)
    return sign_for(now.session, "released")


@action("session.release")
def not_ready(act: Act, session_id: UUID, in_min: int, words: str = "", event_id: UUID | None = None) -> None:
    """Not ready yet: when somebody looks again. The patient and their companion read the time."""
    if in_min not in AGAIN_IN:
        raise Refused(f"Look again in: one of {', '.join(map(str, AGAIN_IN))} minutes.", "in_min")
    now = held(act, session_id, "session.release")
    if already(now.session, event_id, "not_ready"):
        return sign_for(now.session, "not ready, written already")
    payload = {"again": Instant(act.at + minutes(in_min)).isoformat()}
    write_line(act, session_id, "not_ready", payload, words=words.strip(), event_id=event_id, verb="session.release")
    return None


@action("session.sign_off")
def sign_off(act: Act, session_id: UUID, words: str, event_id: UUID | None = None) -> None:
    """A prescriber signs that this patient may leave, in their own words, once everything else is met. It releases
    nobody by itself."""
    if len(words.strip()) < 3:
        raise Refused("Write in a few words what you saw.", "words")
    now = held(act, session_id, "session.sign_off")
    unmet = [one for one in now.release.unmet if one.key != "sign_off"]
    if unmet and not already(now.session, event_id, "signed_off"):
        said = " ".join(str(one.reason) for one in unmet)
        raise Refused(f"A signature comes last, once everything else is met. Not yet: {said}")
    write_line(act, session_id, "signed_off", {}, words=words.strip(), event_id=event_id, verb="session.sign_off")
