"""The drug cupboard of the virtual clinic: what is given is drawn from a container, in the register, as anywhere.

The labels are invented and say so: no such NDC or lot exists.
"""

from datetime import timedelta
from decimal import ROUND_CEILING, Decimal
from uuid import UUID

from kapstone.care.plan import FORMATS
from kapstone.care.plan.dose import DEVICE_MG
from kapstone.care.quantities import Instant
from kapstone.care.session.register import Shape, Use
from kapstone.clinic.session.queries import session_of
from kapstone.clinic.session.register.actions import Arrived, Signed, draw, receive
from kapstone.clinic.session.register.queries import Here, containers, in_record

from .world import Case, World

NDC = "00000-0000-00"
TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")
STOCK = {
    "iv": ("ketamine", Shape.VIAL, Decimal(50), Decimal(10), True),
    "im": ("ketamine", Shape.VIAL, Decimal(50), Decimal(10), True),
    "sc": ("ketamine", Shape.VIAL, Decimal(50), Decimal(10), True),
    "sl": ("ketamine", Shape.TABLET, Decimal(50), Decimal(30), False),
    "in-esketamine": ("esketamine", Shape.DEVICE, DEVICE_MG, Decimal(3), False),
}
"""What each format is given from: drug, shape, mg in one unit, units in a container, whether it is multi-dose."""


def fill_cupboard(world: World, at: Instant) -> None:
    """The opening inventory: two vials and a bottle of tablets."""
    for format_id, number in (("iv", 2), ("sl", 1)):
        arrived = _arrived(world, at, format_id, number)
        receive(world.by("lead", at), arrived, Signed("Here when the register was opened"), opening=True)


def write_off(world: World, case: Case, session_id: UUID, at: Instant) -> None:
    """Writes into the register what a session was given, once the dose has ended; waste before the prescriber."""
    nurse = world.by(case.nurse, at)
    now = session_of(nurse, session_id)
    drew = sum((one.mg for one in now.state.doses), Decimal(0))
    _, shape, strength, *_ = STOCK[case.part.format]
    if now.format.fixed_doses:
        drew = sum((DEVICE_MG * len(one.devices) for one in now.state.doses), Decimal(0))
    drawn = drew / strength if shape.whole else (drew / strength).quantize(TENTH, ROUND_CEILING)
    # Of what was stopped a part was given, and the rest of the syringe is waste.
    units = drawn if shape.whole else (in_record(now) / strength).quantize(HUNDREDTH)
    if not drawn:
        return
    found = _usable(world, case, at, drawn)
    use = Use(f"{found.row.lot}", drawn, units, drawn - units, Decimal(0), "", "")
    watched = None if shape.whole else world.by("prescriber", at)
    draw(nurse, found.row.id, session_id, use, Signed(witness=watched))


def _usable(world: World, case: Case, at: Instant, units: Decimal) -> Here:
    """A container with so much in it; where there is none, new ones come."""
    nurse = world.by(case.nurse, at)
    drug, shape, *_ = STOCK[case.part.format]
    mine = case.id if FORMATS[case.part.format].fixed_doses else None
    for one in containers(nurse):
        fits = (one.row.drug, one.row.shape, one.row.patient_id) == (drug, shape.value, mine)
        if fits and not one.why_not and one.held.balance >= units:
            return one
    arrived = _arrived(world, at, case.part.format, 1 if mine else 2, mine)
    return receive(nurse, arrived, Signed("Delivered, invented paper"))[0]


def _arrived(world: World, at: Instant, format_id: str, how_many: int, patient_id: UUID | None = None) -> Arrived:
    drug, shape, strength, size, multi = STOCK[format_id]
    day = world.days.date_of(at)
    lot, expiry = f"DEMO-{day:%y%m}", day + timedelta(days=400)
    return Arrived(
        drug, shape, strength, size, NDC, lot, expiry, "III", how_many, multi_dose=multi, patient_id=patient_id
    )
