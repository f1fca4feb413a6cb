"""Chairs in their fixed order, and the sessions that run in them.

A chair has a number and a colour for as long as the clinic's rooms stay as they are, so that tape of that colour can
be put on it. Nothing ever moves on the page: a chair without a patient keeps its place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from kapstone.care.quantities import Instant
from kapstone.care.session.lifecycle import ENDING
from kapstone.care.session.reminders import Episode
from kapstone.care.session.slots import Slot, SlotState, current
from kapstone.care.session.unanswered import Waiting
from kapstone.clinic.evaluation.photos.queries import photo_urls
from kapstone.clinic.ground.bookings.models import RoomKind
from kapstone.clinic.ground.bookings.queries import rooms
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Clinic
from kapstone.clinic.ground.people.queries import names_of
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.session.models import SessionEvent, TreatmentSession
from kapstone.clinic.session.queries import LONGEST, Seen, glanced
from kapstone.clinic.session.record import glances

if TYPE_CHECKING:
    from kapstone.clinic.session.devices.queries import Offered

COLOURS = ("blue", "orange", "green", "pink", "yellow", "violet", "grey", "brown")
"""Each chair's colour, by its number; beyond eight they come again, so the number is always said with it."""


@dataclass(frozen=True, slots=True)
class Chair:
    """One chair: `number` counts through the whole clinic, `room` is the name of its room."""

    number: int
    room: str
    alone: bool

    @property
    def colour(self) -> str:
        """The colour of its tape."""
        return COLOURS[(self.number - 1) % len(COLOURS)]

    @property
    def name(self) -> str:
        """How people call it."""
        return f"Chair {self.number}, {self.colour}"


@dataclass(frozen=True, slots=True)
class Seat:
    """One chair with the session in it, None where it is free."""

    chair: Chair
    now: Seen | None = None
    owner: str = ""
    slot: Slot | None = None
    waiting: tuple[Waiting, ...] = ()
    photo: str = ""
    told: "Offered | None" = None
    device: str = ""
    at: Instant | None = None

    @property
    def seen(self) -> list[Episode]:
        """The reminders that somebody has seen, until the time to look again has come."""
        if self.now is None or self.at is None:
            return []
        return [one for one in self.now.state.watch.current() if not one.asks(self.at)]

    @property
    def silent(self) -> bool:
        """Whether a device stands here and says nothing, or nothing new."""
        return bool(self.device) and (self.told is None or self.told.stale)

    @property
    def late(self) -> bool:
        """Whether a set of readings is overdue."""
        return self.slot is not None and self.slot.standing is SlotState.OVERDUE


def chairs(clinic: Clinic) -> list[Chair]:
    """Every chair of the treatment rooms, in the order of the rooms' names."""
    found: list[Chair] = []
    for room in rooms(clinic, RoomKind.TREATMENT):
        for _ in range(room.chairs):
            found.append(Chair(len(found) + 1, room.name, room.chairs == 1))
    return found


def running(act: Act, verb: str = "session.see") -> list[Seen]:
    """Every session that has begun and is not over, oldest first."""
    return [now for now in glanced(act, _lately(act, verb)) if not now.phase.over]


ROW = 12
"""So many buttons stand beside each other at most."""


def near(act: Act, session_id: UUID) -> list[Seen]:
    """The other sessions that run; where they are too many for a row of buttons, those this person answers for."""
    here = _lately(act, "session.see").exclude(id=session_id)
    if here.count() > ROW:
        mine = str(act.actor.id) if act.actor else ""
        own = [one for one, (_, state) in glances(here.order_by("opened_at", "id")) if state.owner == mine]
        here = here.filter(id__in=own[:ROW])
    return [now for now in glanced(act, here) if not now.phase.over]


def running_ids(act: Act) -> list[UUID]:
    """The same as ids, without a look into any record."""
    return list(_lately(act, "session.see").order_by("opened_at", "id").values_list("id", flat=True))


def _lately(act: Act, verb: str) -> QuerySet[TreatmentSession]:
    ended = SessionEvent.objects.filter(session_id=OuterRef("pk"), kind__in=ENDING)
    found = visible(act, TreatmentSession, verb).filter(opened_at__gt=act.at - LONGEST, opened_at__lte=act.at)
    return found.filter(~Exists(ended))


def free_chair(act: Act, room: str) -> Chair | None:
    """The first chair of a room that nobody sits in; where all are taken, the first free one of the clinic."""
    taken = {now.state.chair for now in running(act, "session.arrive")}
    free = [one for one in chairs(act.clinic) if str(one.number) not in taken]
    return next((one for one in free if one.room == room), free[0] if free else None)


def chair_of(clinic: Clinic, now: Seen) -> Chair | None:
    """The chair of a session; None for one from before chairs were written down, or where its chair is gone."""
    return next((one for one in chairs(clinic) if str(one.number) == now.state.chair), None)


def who_is_it(clinic: Clinic, now: Seen) -> str:
    """The words by which the one in the chair is told from any other: name, birth, chair and its colour."""
    patient, chair = now.session.patient, chair_of(clinic, now)
    said = f"{patient.name}, born {patient.birth_date:%B %d, %Y}"
    return f"{said}, in {chair.name.lower()}" if chair else said


def seats(act: Act, offers: "Mapping[UUID, Offered]", devices: "Mapping[UUID, str] | None" = None) -> list[Seat]:
    """Every chair in its place, and at the end whoever sits in none. `offers` are what devices say at each session,
    `devices` which device stands there."""
    found = running(act)
    owners = names_of({UUID(now.state.owner) for now in found if now.state.owner})
    # Whoever came when every chair was taken sits in none, and still has a place on the page.
    by_chair = {now.state.chair or str(now.session.id): now for now in found}
    every, faces = chairs(act.clinic), photo_urls(act, [now.session.patient_id for now in found])
    placed = [(one, by_chair.pop(str(one.number), None)) for one in every]
    beside = [(Chair(len(every) + place, "", True), now) for place, now in enumerate(by_chair.values(), 1)]
    stands = devices or {}
    return [_seat(act, chair, now, owners, faces, offers, stands) for chair, now in (*placed, *beside)]


def _seat(
    act: Act,
    chair: Chair,
    now: Seen | None,
    owners: Mapping[UUID, str],
    faces: Mapping[UUID, str],
    offers: "Mapping[UUID, Offered]",
    devices: "Mapping[UUID, str]",
) -> Seat:
    if now is None:
        return Seat(chair)
    owner = owners.get(UUID(now.state.owner), "") if now.state.owner else ""
    photo = faces.get(now.session.patient_id, "")
    told = offers.get(now.session.id)
    slot, device = current(now.slots(act.at)), devices.get(now.session.id, "")
    return Seat(chair, now, owner, slot, now.waiting(act.at), photo, told, device, act.at)


def next_change(act: Act, found: Sequence[Seat]) -> Instant | None:
    """When anything on this page next changes by time alone."""
    moments = [seat.now.next_change(act.at) for seat in found if seat.now is not None]
    moments += [seat.told.stale_from for seat in found if seat.told is not None and not seat.told.stale]
    return min((one for one in moments if one is not None), default=None)


@dataclass(frozen=True, slots=True)
class Burden:
    """A nurse who answers for more chairs than the policy allows. `most` is the policy's, `why` its line."""

    name: str
    patients: int
    most: int
    why: str


def burdens(found: Sequence[Seat]) -> Iterator[Burden]:
    """Who answers for too many, by the strictest of the ratios of their patients' formats and phases."""
    owned: dict[str, list[Seat]] = {}
    for seat in found:
        if seat.now is not None and seat.now.state.owner and seat.now.state.clock_zero is not None:
            owned.setdefault(seat.now.state.owner, []).append(seat)
    for mine in owned.values():
        limits = [_limit(seat.now) for seat in mine if seat.now is not None]
        most, why = min(limits)
        if len(mine) > most:
            yield Burden(mine[0].owner, len(mine), most, why)


def _limit(now: Seen) -> tuple[int, str]:
    """How many patients one nurse may have beside this one, and the line of the policy that says so."""
    phase = "giving" if now.phase.value == "dosing" else "observing"
    key = f"plan.{now.format.id}.patients_per_nurse_{phase}"
    return int(now.policy.number(key)), key
