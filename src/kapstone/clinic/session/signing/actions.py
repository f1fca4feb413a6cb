"""Signs a record. A signature says which lines it stands under; what comes later is an addendum."""

from uuid import UUID

from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action
from kapstone.clinic.session.lines import held, may_follow, sign_for
from kapstone.clinic.session.record import already, append, head


@action("session.sign_record")
def sign_record(act: Act, session_id: UUID, lines: int, event_id: UUID | None = None) -> None:
    """Signs the record as it was read, with its number of lines. Refused where lines have come since.

    The same person signs once for the same lines; several people may sign.
    """
    now = held(act, session_id, "session.sign_record")
    if already(now.session, event_id, "record_signed"):
        return sign_for(now.session, "record already signed")
    may_follow(now, "record_signed")
    if lines != len(now.state.lines):
        raise Refused("Lines were written since you opened this page. Read it again, then sign.")
    last = now.state.signed[-1] if now.state.signed else None
    if last is not None and last.author == str(act.person.id) and now.state.lines[-1].event.id == last.id:
        return sign_for(now.session, "record already signed")
    payload = {"lines": str(lines), "head": head(now.session)}
    append(act, now.session, "record_signed", payload, event_id=event_id)
    return sign_for(now.session, "record signed", lines=lines)
