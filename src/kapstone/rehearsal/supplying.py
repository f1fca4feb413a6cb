"""Around esketamine: the enrolment in the REMS, what the payer agreed to, and a kit for each dose."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from kapstone.care.plan.consent import Drug
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.people.queries import patient_of
from kapstone.clinic.plan.authorisation.actions import Agreed, authorise
from kapstone.clinic.plan.esketamine.actions import expect_kit, step_enrolment, step_kit
from kapstone.clinic.plan.esketamine.queries import arrived, kits_of

from .world import Case, World

ESKETAMINE = "in-esketamine"
STRONGER_FROM = 3
"""The dose from which 84 mg are given in the rehearsal; 56 mg before."""


def mg_of(number: int) -> Decimal:
    """What the rehearsal gives as this dose."""
    return Decimal(56 if number < STRONGER_FROM else 84)


def enrol(world: World, case: Case, at: Instant) -> None:
    """The form was sent and confirmed, and the payer agreed to two doses fewer than are planned."""
    day = world.days.date_of(at)
    lead = world.by("lead", at)
    step_enrolment(lead, case.id, "send", day - timedelta(days=5))
    step_enrolment(lead, case.id, "confirm", day - timedelta(days=2))
    agreed = Agreed(Drug.ESKETAMINE, max(case.part.doses - 2, 1), day, day + timedelta(days=60), f"PA-{day:%m%d}")
    authorise(lead, case.id, agreed)


def order_kits(world: World, case: Case, at: Instant, starts: list[Instant]) -> None:
    """A pharmacy sends a kit for each dose, the day before."""
    for number, start in enumerate(starts, 1):
        expected = world.days.date_of(start) - timedelta(days=1)
        expect_kit(world.by("lead", at), case.id, mg_of(number), expected)


def unpack(world: World, case: Case, at: Instant, number: int) -> UUID | None:
    """The kit of today's dose is here; None where none was sent."""
    nurse = world.by(case.nurse, at)
    patient = patient_of(nurse, case.id)
    waiting = [one for one in kits_of(patient) if one.kit.mg == mg_of(number) and "arrive" in one.steps]
    if not waiting:
        return None
    step_kit(nurse, waiting[0].kit.id, "arrive", world.days.date_of(at))
    return next(one.id for one in arrived(patient) if one.mg == mg_of(number))
