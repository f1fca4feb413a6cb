"""Writes prices and payments."""

from uuid import UUID

from django.db.models import Sum

from kapstone.clinic.ground.bookings.models import Payment, PriceList
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.queries import patient_of

HOWS = {"card": "Card", "cash": "Cash", "transfer": "Transfer", "payer": "Paid by the payer", "back": "Paid back"}


@action("price.keep")
def state_prices(act: Act, cents: dict[str, int], cancelling: str) -> PriceList:
    """The clinic's prices from now on, and what a cancellation does, in its own words."""
    if any(one < 0 for one in cents.values()):
        raise Refused("Prices: at least 0.")
    if len(cancelling.strip()) < 10:
        raise Refused("Write in a sentence what a cancellation does and until when it is free.", "cancelling")
    made = PriceList.objects.create(
        id=uuid7(act.at), clinic=act.clinic, at=act.at, by=act.person, cents=cents, cancelling=cancelling.strip()
    )
    sign("prices stated", prices=made.id)
    return made


@action("money.keep")
def take_payment(act: Act, patient_id: UUID, cents: int, how: str, once: UUID | None = None) -> Payment:
    """Writes money that came in, or went back. The same `once` again is the same payment."""
    patient = patient_of(act, patient_id, "booking.see")
    known = Payment.objects.filter(id=once).first() if once else None
    if known is not None:
        if (known.patient_id, known.by_id) != (patient.id, act.person.id):
            raise Refused("This page is out of date; open it again.")
        sign("payment already written", patient.id, payment=known.id)
        return known
    if how not in HOWS:
        raise Refused("Choose how it was paid.", "how")
    if cents <= 0:
        raise Refused("Amount: more than 0.", "amount")
    if how == "back" and cents > (had := _paid(act, patient.id)):
        raise Refused(f"Amount: ${had / 100:,.2f} was paid; no more than that can be paid back.", "amount")
    made = Payment.objects.create(
        id=once or uuid7(act.at),
        clinic=act.clinic,
        patient=patient,
        at=act.at,
        by=act.person,
        cents=-cents if how == "back" else cents,
        how=how,
    )
    sign("payment", patient.id, payment=made.id)
    return made


def _paid(act: Act, patient_id: UUID) -> int:
    found = Payment.objects.filter(clinic=act.clinic, patient_id=patient_id).aggregate(all=Sum("cents"))
    return max(int(found["all"] or 0), 0)
