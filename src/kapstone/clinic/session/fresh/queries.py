"""What an open page of a session is told: how far the record has come, and what is offered at the chair.

It is the same whether the page asks every few seconds or is told at once. A mark is another one after each line of
the record, and then the page draws itself anew; offered values are shown as they come.
"""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.ids import first_id
from kapstone.clinic.ground.people.queries import policy_of
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.session.devices.queries import Offered, offers_of
from kapstone.clinic.session.models import DeviceMatch, Offer, SessionEvent, TreatmentSession
from kapstone.clinic.session.queries import LONGEST

Message = dict[str, object]
"""What is told, as JSON takes it."""


def may_watch(act: Act, asked: Collection[UUID]) -> list[UUID]:
    """Those of these sessions that this actor may see, in a fixed order."""
    found = visible(act, TreatmentSession, "session.see").filter(id__in=asked)
    return list(found.order_by("id").values_list("id", flat=True))


def mark_of(session_id: UUID) -> str:
    """The mark of one session."""
    return str(SessionEvent.objects.filter(session_id=session_id).aggregate(last=Max("position"))["last"] or 0)


def mark_of_chairs(act: Act, verb: str = "session.see") -> str:
    """The same for every session that may run, at once."""
    lately = visible(act, TreatmentSession, verb).filter(opened_at__gt=act.at - LONGEST)
    found = SessionEvent.objects.filter(session__in=lately).aggregate(lines=Count("id"), last=Max("at_received"))
    return f"{found['lines']}-{found['last'].isoformat() if found['last'] else 0}"


def told(session_ids: Collection[UUID], at: Instant) -> list[Message]:
    """Everything that a page of each of these sessions is told when it begins to listen."""
    there = offers_of(session_ids, at)
    marks: list[Message] = [{"session": str(one), "mark": mark_of(one)} for one in session_ids]
    return [*marks, *(offer_message(one, told) for one, told in there.items())]


def offer_message(session_id: UUID, found: Offered) -> Message:
    """Offered values as a page takes them. `remarks` are what the page says beside them, after a redraw."""
    return {
        "session": str(session_id),
        "offer": {
            "id": str(found.offer.id),
            "device": found.offer.device,
            "at": Instant(found.offer.at).isoformat(),
            "words": found.words,
            "remarks": found.remarks,
            "open": found.open,
        },
    }


def marks_since(since: Instant) -> list[tuple[UUID, UUID, int]]:
    """Clinic, session and position of the newest line of every session in which one was received since then."""
    return _marks(SessionEvent.objects.filter(at_received__gt=since))


def marks(session_ids: Collection[UUID]) -> list[tuple[UUID, UUID, int]]:
    """The same for each of these sessions, whenever its newest line was received."""
    return _marks(SessionEvent.objects.filter(session_id__in=session_ids))


def _marks(found: QuerySet[SessionEvent]) -> list[tuple[UUID, UUID, int]]:
    rows = found.order_by().values_list("clinic_id", "session_id").annotate(last=Max("position"))
    return [(clinic, session, last) for clinic, session, last in rows]


def newest_between(since: Instant, at: Instant, session_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The newest offer of this span at each of these sessions that had one, as an id: ids are in order of time.

    What seems to come later, since somebody set the clock back, is none.
    """
    span = {"id__gte": first_id(since), "id__lt": first_id(Instant(at + SOON))}
    found = Offer.objects.filter(**span, session_id__isnull=False, refused="").order_by("id")
    rows = found.values_list("session_id", "id")
    return {session: offer for session, offer in rows if session is not None and session in session_ids}


def policies(session_ids: Collection[UUID]) -> dict[UUID, Policy]:
    """The policy of each of these sessions; it is the same for as long as the session runs."""
    rows = TreatmentSession.objects.filter(id__in=session_ids).select_related("policy")
    return {one.id: policy_of(one.policy) for one in rows}


def offers(ids: Collection[UUID]) -> list[tuple[UUID, Offer]]:
    """These offers, each with its session, of devices that still stand there."""
    stands = DeviceMatch.objects.filter(
        session_id=OuterRef("session_id"), device=OuterRef("device"), ended_at=None, confirmed_at__lte=OuterRef("at")
    )
    rows = Offer.objects.filter(Exists(stands), id__in=ids)
    return [(one.session_id, one) for one in rows if one.session_id is not None]


SOON = timedelta(seconds=1)
"""An offer that bears a moment so far ahead was made before somebody set the clock back."""

LATE = timedelta(seconds=30)
"""A line may be committed so long after the moment that it bears, where others held the database."""

OFFERED_LATE = timedelta(seconds=0.3)
"""The same for an offer, as a rule: what comes later still is found by the next wide look."""

WIDE_LOOK = timedelta(seconds=5)
"""So often, and so far back, it is looked for offers that were committed late."""
