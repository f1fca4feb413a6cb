"""The second person of the virtual clinic, who reads off vial, syringe and pump what was ordered."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from kapstone.care.plan import FORMATS
from kapstone.care.plan.dose import DEVICE_MG
from kapstone.care.quantities import Mg, MgPerMl
from kapstone.care.session.checking import Read
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.plan.ordering.queries import again_order, dose_order, prepared_of
from kapstone.clinic.session.actions import check_second
from kapstone.clinic.session.queries import session_of

VIAL = MgPerMl(Decimal(50))
"""What the label of the virtual clinic's vials says, for an order that leaves it open."""


def check_as_ordered(act: Act, session_id: UUID) -> None:
    """Reads what the order of this moment says. AssertionError where nothing is ordered, or it reads otherwise."""
    dose = session_of(act, session_id).session.dose
    order = again_order(act, dose) or dose_order(act, dose)
    assert order is not None
    prepared = prepared_of(order)
    if prepared.strength is None and FORMATS[dose.course.format].drawn:
        prepared = replace(prepared, strength=VIAL)
    drawn, rate = prepared.drawn(Mg(order.amount)), prepared.rate()
    read = Read(
        drug=order.drug,
        mg=order.amount,
        strength=prepared.strength.value if prepared.strength else None,
        ml=drawn.rounded().value if drawn else None,
        rate=rate.rounded().value if rate else None,
        devices=int(order.amount / DEVICE_MG) if order.amount % DEVICE_MG == Decimal(0) else None,
    )
    assert not check_second(act, session_id, read)
