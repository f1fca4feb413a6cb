"""Somebody waits for an earlier time, waits no more, or takes a pair that was freed."""

from collections.abc import Sequence
from uuid import UUID

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.models import Moved
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.plan.consent.queries import held, why_not_consented
from kapstone.clinic.plan.models import Dose, Waiting, WaitingEnded
from kapstone.clinic.plan.moving.actions import move_dose, move_my_dose
from kapstone.clinic.plan.queries import dose_of, my_dose
from kapstone.clinic.plan.waiting.queries import waiting


@action("booking.move_own")
def wait_myself(act: Act, dose_id: UUID) -> Waiting:
    """The patient would come earlier with a dose."""
    return _wait(act, my_dose(act, dose_id))


@action("booking.keep")
def wait_for(act: Act, dose_id: UUID) -> Waiting:
    """Staff put a dose on the list."""
    return _wait(act, dose_of(act, dose_id, "course.see"))


def why_not_wait(act: Act, dose: Dose) -> str:
    """Why a dose can wait for no earlier time, in a sentence; empty where it can."""
    if hasattr(dose, "begun") or hasattr(dose.course, "end") or dose.booking.cancelled_at is not None:
        return "This dose waits for nothing: it was given, or its course has ended."
    if dose.booking.starts_at <= act.at:
        return "The time of this dose has passed."
    if why_not_consented(dose.course.patient, dose.course.format):
        # An earlier dose is no help to somebody who does not agree to the treatment; the desk need not know why.
        return (
            "A clinician talks with the patient before this dose is moved earlier."
            if act.staff
            else f"Please talk with us first: call {act.clinic.phone}. Your booking stays as it is."
        )
    return ""


def _wait(act: Act, dose: Dose) -> Waiting:
    held(dose.course.patient)
    if no := why_not_wait(act, dose):
        raise Refused(no)
    known = waiting(act).filter(dose=dose).first()
    if known is None:
        known = Waiting.objects.create(id=uuid7(act.at), clinic=act.clinic, dose=dose, at=act.at, by=act.person)
    sign("waits for an earlier time", dose.course.patient_id, dose=dose.id)
    return known


@action("booking.move_own")
def wait_no_more_myself(act: Act, dose_id: UUID) -> None:
    """The patient waits no more; the dose stays where it is."""
    _end(act, my_dose(act, dose_id))


@action("booking.keep")
def wait_no_more(act: Act, dose_id: UUID) -> None:
    """Staff take a dose off the list."""
    _end(act, dose_of(act, dose_id, "course.see"))


def _end(act: Act, dose: Dose) -> None:
    for one in waiting(act).filter(dose=dose):
        WaitingEnded.objects.create(id=uuid7(act.at), clinic=act.clinic, waiting=one, at=act.at, by=act.person)
    sign("waits no more", dose.course.patient_id, dose=dose.id)


@action("booking.move_own")
def take_my_offer(act: Act, dose_id: UUID, starts: Sequence[Instant]) -> list[Moved]:
    """The patient takes a freed pair. The first who presses has it; for others it is gone, and nothing has moved."""
    if no := why_not_wait(act, my_dose(act, dose_id)):
        raise Refused(no)
    made = move_my_dose(act, dose_id, starts)
    _end(act, my_dose(act, dose_id))
    return made


@action("booking.keep")
def give_offer(act: Act, dose_id: UUID, starts: Sequence[Instant]) -> list[Moved]:
    """Staff give a freed pair to somebody who said yes on the telephone."""
    if no := why_not_wait(act, dose_of(act, dose_id, "course.see")):
        raise Refused(no)
    made = move_dose(act, dose_id, starts, "from the wait list")
    _end(act, dose_of(act, dose_id, "course.see"))
    return made
