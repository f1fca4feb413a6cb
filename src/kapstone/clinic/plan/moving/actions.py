"""Moves a dose with its visit, both or neither; and everybody whom an absence touches at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from kapstone.care.plan import TherapyForm, visit_expected
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.actions import move_within, place_alone_within
from kapstone.clinic.ground.bookings.models import Booking, Moved
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.queries import policy_in_force
from kapstone.clinic.plan.consent.queries import held
from kapstone.clinic.plan.models import CourseEnd, Dose, DoseBegun
from kapstone.clinic.plan.moving.queries import preparation_wanted, visit_wanted, wish_to_move, wishes_of
from kapstone.clinic.plan.queries import dose_of, my_dose, preparation_of
from kapstone.clinic.plan.touched.queries import orphans, touched, visit_of_dose


@action("booking.keep")
def move_dose(act: Act, dose_id: UUID, starts: Sequence[Instant], reason: str = "") -> list[Moved]:
    """Staff move a dose with its visit to times that a page showed."""
    dose = dose_of(act, dose_id, "course.see")
    return _move(act, dose, starts, reason)


@action("booking.move_own")
def move_my_dose(act: Act, dose_id: UUID, starts: Sequence[Instant]) -> list[Moved]:
    """Patients move their own dose with its visit, until so many hours before it."""
    dose = my_dose(act, dose_id)
    if why := why_not_move_own(act, dose):
        raise Refused(why)
    return _move(act, dose, starts, "the patient")


def why_not_move_own(act: Act, dose: Dose) -> str:
    """Why a patient may not move this dose by themselves, in a kind sentence; empty where they may."""
    if no := why_not_move(act, dose):
        return no
    policy, _ = policy_in_force(act.clinic)
    hours = int(policy.number("plan.day.patient_moves_h"))
    if dose.booking.starts_at - act.at < timedelta(hours=hours):
        call = f"Please call {act.clinic.phone}; moving it does not harm your care."
        return f"This is less than {hours} hours away. {call}"
    return ""


def why_not_move(act: Act, dose: Dose) -> str:
    """Why nobody may move this dose any more, in a sentence; empty where it can be moved."""
    if DoseBegun.objects.filter(dose=dose).exists():
        return "This dose has begun; it cannot be moved."
    if CourseEnd.objects.filter(course=dose.course).exists() or dose.booking.cancelled_at is not None:
        return "The course of this dose has ended; there is nothing to move."
    return ""


def _move(act: Act, dose: Dose, starts: Sequence[Instant], reason: str) -> list[Moved]:
    if no := why_not_move(act, dose):
        raise Refused(no)
    policy, _ = policy_in_force(act.clinic)
    made = move_within(act, policy, [wish_to_move(act, dose, policy, shown=starts)], reason.strip()[:120])
    sign("dose moved", dose.course.patient_id, dose=dose.id, bookings=len(made))
    return made


@action("booking.keep")
def move_visit(act: Act, dose_id: UUID, start: Instant, reason: str = "") -> Booking:
    """Staff move the visit of a dose by itself, or book the one that is missing, to a time that a page showed."""
    dose = dose_of(act, dose_id, "course.see")
    patient = held(dose.course.patient)
    if no := why_not_move_visit(act, dose):
        raise Refused(no)
    policy, _ = policy_in_force(act.clinic)
    wanted = visit_wanted(act, dose, policy)
    made = place_alone_within(act, policy, wanted, start, reason.strip()[:120], dose.booking)
    sign("visit moved", patient.id, dose=dose.id, booking=made.id)
    return made


def why_not_move_visit(act: Act, dose: Dose) -> str:
    """Why the visit of a dose can be neither moved nor booked, in a sentence; empty where it can."""
    if not visit_expected(TherapyForm(dose.course.therapy_form), dose.number):
        return "By this course's therapy plan no visit follows this dose."
    if CourseEnd.objects.filter(course=dose.course).exists() and not DoseBegun.objects.filter(dose=dose).exists():
        return "The course of this dose has ended before it was given; no visit follows."
    visit = visit_of_dose(dose)
    if visit is not None and visit.starts_at <= act.at:
        return "The time of this visit has passed; write in the visit what became of it."
    return ""


@action("booking.keep")
def move_preparation(act: Act, booking_id: UUID, start: Instant, reason: str = "") -> Booking:
    """Staff move a preparation visit to a time that a page showed."""
    booking, course = preparation_of(act, booking_id)
    held(booking.patient)
    if booking.starts_at <= act.at:
        raise Refused("The time of this visit has passed; write in the visit what became of it.")
    policy, _ = policy_in_force(act.clinic)
    made = place_alone_within(act, policy, preparation_wanted(act, booking, course), start, reason.strip()[:120])
    sign("preparation moved", booking.patient_id, booking=made.id)
    return made


@action("booking.keep")
def move_touched(act: Act, shown: Mapping[UUID, Sequence[Instant]], reason: str = "") -> list[Moved]:
    """Moves everybody whom an absence touches, to the times that the page showed, all or nobody."""
    policy, _ = policy_in_force(act.clinic)
    wishes = wishes_of(act, touched(act), orphans(act), policy)
    if not wishes:
        raise Refused("Nobody is touched any more; everything can stay as it is.")
    if {wish.patient.id for wish in wishes} != set(shown):
        raise Refused("Somebody else is touched now; open the page again.")
    pinned = [replace(wish, only=frozenset(shown[wish.patient.id])) for wish in wishes]
    made = move_within(act, policy, pinned, reason.strip()[:120])
    sign("moved after an absence", *{wish.patient.id for wish in wishes}, bookings=len(made))
    return made
