"""Takes a patient's money, but never from somebody under the drug."""

from uuid import UUID

from kapstone.clinic.ground.bookings.models import Payment
from kapstone.clinic.ground.bookings.money import actions as ground
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action
from kapstone.clinic.ground.people.queries import patient_of
from kapstone.clinic.plan.consent.queries import under_the_drug, wait_words

FROM_PATIENT = ("card", "cash", "transfer")
"""The ways in which the patient pays. What a payer sends, and what goes back, waits for nothing."""


@action("money.keep")
def take_payment(act: Act, patient_id: UUID, cents: int, how: str, once: UUID | None = None) -> Payment:
    """Writes money that came in, or went back. Refused from clock zero until the next morning, from the patient."""
    patient = patient_of(act, patient_id, "booking.see")
    until = under_the_drug(act, patient)
    known = once is not None and Payment.objects.filter(id=once).exists()
    if until is not None and how in FROM_PATIENT and not known:
        raise Refused(wait_words(act, until, f"{patient.name} had a dose; payment"), "how")
    return ground.take_payment(act, patient_id, cents, how, once)
