"""What a patient owes, with the doses that were not given left out."""

from kapstone.care.plan import FORMATS
from kapstone.clinic.ground.bookings.models import Booking
from kapstone.clinic.ground.bookings.money.queries import Standing, standing
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.plan.models import Dose

KINDS = {one.id: f"A dose, {one.name}" for one in FORMATS.values()} | {
    "integration": "A visit after a dose",
    "preparation": "A preparation visit",
}
"""What a price is written down for: each format's dose, and both kinds of visit."""


def price_lines(money: Standing) -> list[tuple[str, int]]:
    """What each kind of booking costs now, of those that a price is written down for, in cents."""
    listed = money.prices.cents if money.prices else {}
    return [(words, listed[key]) for key, words in KINDS.items() if key in listed]


def money_of(act: Act, patient: Patient) -> Standing:
    """How a patient's money stands. A dose that was held, missed or called off costs nothing, nor its visit."""
    missed = Dose.objects.filter(
        clinic=act.clinic, course__patient=patient, begun=None, booking__starts_at__lte=act.at
    ).values_list("booking_id", flat=True)
    after = Booking.objects.filter(clinic=act.clinic, pair__in=missed).values_list("id", flat=True)
    return standing(act, patient, frozenset((*missed, *after)))
