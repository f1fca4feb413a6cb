"""How somebody leaves: released, when everything is met."""

from uuid import UUID

from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action
from kapstone.clinic.session.lines import held, may_follow, sign_for
from kapstone.clinic.session.record import append


@action("session.release")
def release_patient(act: Act, session_id: UUID, words: str = "", event_id: UUID | None = None) -> None:
    """Releases the patient. Refused while anything is unmet, with everything that is."""
    now = held(act, session_id, "session.release")
    may_follow(now, "released")
    if not now.release.ready:
        raise Refused("Not ready to leave. " + " ".join(str(one.reason) for one in now.release.unmet))
    append(act, now.session, "released", {}, words=words.strip(), event_id=event_id)
    sign_for(now.session, "released")
