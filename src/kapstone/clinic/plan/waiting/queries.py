"""Who waits for an earlier time, which pairs were freed, and which of them fits whom."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from time import monotonic

from django.db.models import QuerySet

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.calendar.queries import Option, options
from kapstone.clinic.ground.bookings.models import Booking, BookingKind, Moved, Room, RoomKind
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.queries import policy_in_force
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.plan.consent.queries import why_not_consented
from kapstone.clinic.plan.models import Dose, Waiting
from kapstone.clinic.plan.moving.queries import wish_to_move

LOOKED_AT = 6
"""So many freed pairs are tried for one who waits: the soonest first."""

SECONDS = 4.0
"""So long is looked for everybody together before the page is shown."""


@dataclass(frozen=True, slots=True)
class Freed:
    """Times that somebody gave back: a dose's start and, where it had one, its visit's."""

    dose: Instant
    visit: Instant | None

    @property
    def starts(self) -> frozenset[Instant]:
        """Both starts."""
        return frozenset({self.dose, *([self.visit] if self.visit else [])})


@dataclass(frozen=True, slots=True)
class Offer:
    """A freed pair that fits a dose which waits."""

    waiting: Waiting
    way: Option


def waiting(act: Act, verb: str = "") -> QuerySet[Waiting]:
    """Everybody who waits for an earlier time, the longest first."""
    found = visible(act, Waiting, verb).filter(
        ended=None,
        dose__begun=None,
        dose__course__end=None,
        dose__booking__cancelled_at=None,
        dose__booking__starts_at__gt=act.at,
    )
    return found.select_related("dose__booking", "dose__course__patient", "dose__course__therapist", "by").order_by(
        "at", "id"
    )


def waits(act: Act, dose: Dose) -> Waiting | None:
    """Whether this dose is on the list."""
    return waiting(act).filter(dose=dose).first()


def freed(act: Act) -> list[Freed]:
    """Pairs that were given back, lie ahead and were not taken again, the soonest first."""
    found = sorted({*_cancelled(act), *_left(act)}, key=lambda one: one.dose)
    if not found:
        return []
    held = Booking.objects.filter(clinic=act.clinic, cancelled_at=None, ends_at__gt=found[0].dose)
    booked = list(held.select_related("room"))
    rooms = Room.objects.filter(clinic=act.clinic, kind=RoomKind.TREATMENT)
    chairs = sum(one.chairs for one in rooms)
    return [one for one in found if _chairs_taken(one.dose, booked) < chairs]


def _chairs_taken(moment: Instant, booked: list[Booking]) -> int:
    """How many treatment chairs are taken at a moment."""
    return sum(
        one.kind == BookingKind.DOSING and one.room is not None and one.starts_at <= moment < one.ends_at
        for one in booked
    )


def _cancelled(act: Act) -> Iterator[Freed]:
    gone = Booking.objects.filter(
        clinic=act.clinic, kind=BookingKind.DOSING, cancelled_at__isnull=False, starts_at__gt=act.at
    )
    for booking in gone:
        visit = booking.pairs.order_by("starts_at").last()
        yield Freed(Instant(booking.starts_at), Instant(visit.starts_at) if visit else None)


def _left(act: Act) -> Iterator[Freed]:
    """Times from which a pair moved away: the visit left in the same act."""
    moved = Moved.objects.filter(clinic=act.clinic, starts_before__gt=act.at).select_related("booking")
    doses = moved.filter(booking__kind=BookingKind.DOSING)
    for one in doses:
        beside = moved.filter(booking__pair=one.booking, at=one.at).first()
        visit = Instant(beside.starts_before) if beside else None
        yield Freed(Instant(one.starts_before), visit)


def offers_for(act: Act, one: Waiting, pairs: list[Freed], first: bool = False) -> list[Offer]:
    """The freed pairs that fit a dose which waits and begin before it, each tried in the calendar as it is now.

    `first` is enough where one pair is.
    """
    now = Instant(one.dose.booking.starts_at)
    found: list[Offer] = []
    for pair in [each for each in pairs if each.dose < now][:LOOKED_AT]:
        way = None if first and found else _fits(act, one.dose, pair)
        if way is not None:
            found.append(Offer(one, way))
    return found


def _fits(act: Act, dose: Dose, pair: Freed) -> Option | None:
    policy, _ = policy_in_force(act.clinic)
    try:
        wish = wish_to_move(act, dose, policy, shown=pair.starts)
    except Refused:
        return None
    found, _ = options(act.clinic, policy, replace(wish, base=(), free=wish.base), act.at, 1)
    return found[0] if found else None


def offers(act: Act, seconds: float = SECONDS) -> tuple[list[Offer], bool]:
    """For everybody who waits, the first freed pair that fits; the longest wait first, no pair to two people.

    The second value says whether everybody was looked at: the search ends after so many seconds.
    """
    pairs, until = freed(act), monotonic() + seconds
    found: list[Offer] = []
    for one in waiting(act):
        if monotonic() > until:
            return found, False
        if why_not_consented(one.dose.course.patient, one.dose.course.format):
            continue
        mine = offers_for(act, one, pairs, first=True)
        if mine:
            found.append(mine[0])
            taken = set(mine[0].way.starts)
            pairs = [pair for pair in pairs if not pair.starts & taken]
    return found, True
