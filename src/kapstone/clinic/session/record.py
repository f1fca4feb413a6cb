"""Adds events to a session record and reads them back: ids, positions, chain, and the sealing of what people wrote.

Free text travels sealed inside the payload under a key that ends in `_sealed`; everything else is plain, so that the
chain can be checked without any patient's key.
"""

from base64 import b64decode, b64encode
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from threading import Lock
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant
from kapstone.care.session import GENESIS, Event, SessionState, fold, from_bytes, link, to_bytes
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.keys import DataKey
from kapstone.clinic.ground.people.models import Clinic, Patient, PolicyVersion
from kapstone.clinic.ground.people.queries import key_of, policy_of
from kapstone.clinic.session.models import RegisterLine, SessionEvent, TreatmentSession

GLANCES = 512
"""So many folded records one process keeps at most."""

SERVER_FORM = "form"
"""The epoch of lines that came through a page's form; the server counts them for the device."""


def lock(session_id: UUID) -> None:
    """Holds the session until the act is done, so that two people at once are judged one after the other."""
    TreatmentSession.objects.select_for_update().filter(id=session_id).first()


def lock_clinic(clinic_id: UUID) -> None:
    """Holds the clinic, so that two who arrive at once are not given one chair."""
    Clinic.objects.select_for_update().filter(id=clinic_id).first()


def lock_patient(patient_id: UUID) -> None:
    """Holds a patient who has no session yet."""
    Patient.objects.select_for_update().filter(id=patient_id).first()


def already(session: TreatmentSession, event_id: UUID | None, kind: str) -> bool:
    """Whether this line of this session is there: the same form, sent again."""
    return event_id is not None and session.events.filter(id=event_id, kind=kind).exists()


def append(
    act: Act,
    session: TreatmentSession,
    kind: str,
    payload: Mapping[str, object],
    *,
    words: str = "",
    at: Instant | None = None,
    event_id: UUID | None = None,
) -> tuple[SessionEvent, bool]:
    """Adds one event; returns it and whether it is new. The same id with the same content is already there and
    changes nothing; the same id with other content is refused."""
    lock(session.id)
    identity = event_id or uuid7(act.at)
    body = dict(payload)
    known = SessionEvent.objects.filter(id=identity).first() if event_id else None
    if known is not None:
        return _same(known, session, kind, body, words, at), False
    if words:
        sealed = key_of(session.patient).seal(words, _place(identity))
        body["words_sealed"] = b64encode(sealed).decode()
    last = session.events.order_by("-position").first()
    event = Event(
        id=identity,
        kind=kind,
        v=1,
        session=session.id,
        device=act.device,
        epoch=SERVER_FORM,
        seq=_next_seq(session, act.device, last),
        at_device=at or act.at,
        at_received=act.at,
        author=str(act.actor.id) if act.actor else "",
        payload=body,
    )
    return _store(act, session, event, last), True


def _next_seq(session: TreatmentSession, device: str, last: SessionEvent | None) -> int:
    """A device counts its own lines; where the newest line is its own, nothing more needs to be read."""
    if last is not None and (last.device, last.epoch) == (device, SERVER_FORM):
        return last.seq + 1
    mine = session.events.filter(device=device, epoch=SERVER_FORM).order_by("-seq").first()
    return mine.seq + 1 if mine else 1


def _store(act: Act, session: TreatmentSession, event: Event, last: SessionEvent | None) -> SessionEvent:
    position, previous = (last.position + 1, last.hash) if last else (1, GENESIS)
    stored = to_bytes(event)
    return SessionEvent.objects.create(
        id=event.id,
        clinic=act.clinic,
        session=session,
        position=position,
        kind=event.kind,
        device=event.device,
        epoch=event.epoch,
        seq=event.seq,
        at_device=event.at_device,
        at_received=event.at_received,
        stored=stored,
        previous=previous,
        hash=link(previous, position, stored),
    )


def _same(
    known: SessionEvent,
    session: TreatmentSession,
    kind: str,
    body: dict[str, object],
    words: str,
    at: Instant | None,
) -> SessionEvent:
    """The line that is there, if it says the same in every respect; else nothing typed may be dropped silently."""
    old = (
        _opened(from_bytes(bytes(known.stored)), key_of(session.patient)) if known.session_id == session.id else None
    )
    said = {key: value for key, value in old.payload.items() if key not in ("words_sealed", "words")} if old else {}
    same = old is not None and old.kind == kind and said == body and old.payload.get("words", "") == words
    if not same or (at is not None and old is not None and at != old.at_device):
        raise Refused("This form was already saved with other values. Open the page again and check the record.")
    return known


def state_of(session: TreatmentSession, policy: Policy) -> SessionState:
    """The folded record, with what people wrote opened."""
    return fold(events(session), policy)


_kept: "OrderedDict[UUID, tuple[str, tuple[Policy, SessionState]]]" = OrderedDict()
_keeping = Lock()


def glance(session_id: UUID, head: str, policy_id: UUID) -> tuple[Policy, SessionState]:
    """The policy and the folded record of a session, without what people wrote in words.

    The newest of each session is kept: `head` is the hash of its newest line, so that it can be of no other record.
    Whoever reads it changes nothing in it.
    """
    with _keeping:
        known = _kept.get(session_id)
    if known is not None and known[0] == head:
        return known[1]
    policy = policy_of(PolicyVersion.objects.get(id=policy_id))
    rows = SessionEvent.objects.filter(session_id=session_id).order_by("position")
    found = policy, fold((from_bytes(bytes(row.stored)) for row in rows), policy)
    with _keeping:
        _kept[session_id] = head, found
        _kept.move_to_end(session_id)
        while len(_kept) > GLANCES:
            _kept.popitem(last=False)
    return found


def glances(sessions: QuerySet[TreatmentSession]) -> Iterator[tuple[UUID, tuple[Policy, SessionState]]]:
    """The same for each of these sessions, by its id."""
    newest = SessionEvent.objects.filter(session_id=OuterRef("pk")).order_by("-position")
    heads = sessions.values_list("id", "policy_id", Subquery(newest.values("hash")[:1]))
    for session_id, policy_id, head in heads:
        yield session_id, glance(session_id, head or GENESIS, policy_id)


def events(session: TreatmentSession) -> Iterable[Event]:
    """The events in order of position, words opened."""
    key = key_of(session.patient)
    for row in session.events.order_by("position"):
        yield _opened(from_bytes(bytes(row.stored)), key)


def _opened(event: Event, key: DataKey) -> Event:
    sealed = event.payload.get("words_sealed")
    if not sealed:
        return event
    words = key.open(b64decode(sealed), _place(event.id))
    return replace(event, payload={**event.payload, "words": words})


def head(session: TreatmentSession) -> str:
    """The hash of the record's newest line."""
    last = session.events.order_by("-position").first()
    return last.hash if last else GENESIS


def first_bad(session: TreatmentSession) -> int | None:
    """The position of the first line that does not follow from the one before, or None."""
    return first_bad_of(session.events.order_by("position"))


def first_bad_of(rows: Iterable[SessionEvent | RegisterLine]) -> int | None:
    """The same for any chain of stored lines, in the order of their positions."""
    previous = GENESIS
    for expected, row in enumerate(rows, 1):
        if (row.position, row.previous, row.hash) != (
            expected,
            previous,
            link(previous, expected, bytes(row.stored)),
        ):
            return expected
        previous = row.hash
    return None


def _place(event_id: UUID) -> str:
    return f"session_event/words/{event_id}"
