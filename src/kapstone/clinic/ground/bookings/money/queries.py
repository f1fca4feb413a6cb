"""What a patient has paid, owes, and will owe next; and what a way to book would cost, before it is booked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.calendar.queries import Option
from kapstone.clinic.ground.bookings.models import Booking, BookingKind, Payment, PriceList
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Clinic, Patient
from kapstone.clinic.ground.people.who import visible


@dataclass(frozen=True, slots=True)
class Cost:
    """What something costs. `known` is false where the clinic wrote no price for a part of it."""

    cents: int
    known: bool = True

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.cents + other.cents, self.known and other.known)


@dataclass(frozen=True, slots=True)
class Standing:
    """A patient's money: paid so far, owed for what took place, and what comes next with its day."""

    paid: int
    owed: Cost
    """What took place less what was paid; below 0 where more was paid."""

    next: Cost | None
    next_on: Instant | None
    booked: Cost
    """Everything that is booked from now on."""

    prices: PriceList | None


def prices(clinic: Clinic) -> PriceList | None:
    """The newest price list."""
    return PriceList.objects.filter(clinic=clinic).select_related("by").order_by("at", "id").last()


def price_of(listed: PriceList | None, kind: str, format_id: str) -> Cost:
    """What one booking costs by a list."""
    key = format_id if kind == BookingKind.DOSING else kind
    cents = listed.cents.get(key) if listed else None
    return Cost(0, False) if cents is None else Cost(cents)


def cost_of(listed: PriceList | None, bookings: Iterable[tuple[str, str]]) -> Cost:
    """What several bookings cost: kind and format of each."""
    return sum((price_of(listed, kind, format_id) for kind, format_id in bookings), Cost(0))


def cost_of_way(act: Act, way: Option, format_id: str) -> Cost:
    """What one way to book a course costs."""
    listed = prices(act.clinic)
    every = (*way.doses, *way.visits.values(), *way.preparations)
    return cost_of(listed, [(one.kind, format_id) for one in every])


def standing(act: Act, patient: Patient, not_given: Collection[UUID] = ()) -> Standing:
    """How a patient's money stands. What has begun counts as owed, by the prices that held then; what was cancelled,
    and the bookings that are named as not given, cost nothing."""
    lists = list(PriceList.objects.filter(clinic=act.clinic).select_related("by").order_by("at", "id"))
    booked = Booking.objects.filter(clinic=act.clinic, patient=patient, cancelled_at=None).order_by("starts_at")
    past = [one for one in booked if one.starts_at <= act.at and one.id not in not_given]
    coming = [one for one in booked if one.starts_at > act.at]
    paid = sum(one.cents for one in visible(act, Payment).filter(patient=patient))
    took_place = sum((price_of(_then(lists, Instant(one.starts_at)), one.kind, one.format) for one in past), Cost(0))
    now = lists[-1] if lists else None
    first = coming[0] if coming else None
    return Standing(
        paid=paid,
        owed=Cost(took_place.cents - paid, took_place.known),
        next=price_of(now, first.kind, first.format) if first else None,
        next_on=Instant(first.starts_at) if first else None,
        booked=cost_of(now, [(one.kind, one.format) for one in coming]),
        prices=now,
    )


def _then(lists: list[PriceList], moment: Instant) -> PriceList | None:
    """The list that held at a moment; the first one for what was before it."""
    held = [one for one in lists if one.at <= moment]
    return held[-1] if held else (lists[0] if lists else None)


def payments(act: Act, patient: Patient) -> list[Payment]:
    """A patient's payments, the newest first."""
    return list(visible(act, Payment).filter(patient=patient).select_related("by").order_by("-at", "-id"))
