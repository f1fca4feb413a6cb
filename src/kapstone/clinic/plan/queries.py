"""Reads courses with their doses, and where each stands."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from kapstone.care.plan import (
    FORMATS,
    History,
    TherapyForm,
)
from kapstone.care.plan.course import CourseState, EndState, course_state
from kapstone.care.plan.course.ending import why_not_end
from kapstone.care.plan.touch import TOUCH
from kapstone.care.quantities import Mg
from kapstone.clinic.ground.bookings.models import Booking, BookingKind
from kapstone.clinic.ground.bookings.queries import bookings
from kapstone.clinic.ground.bookings.solving.problem import WIDEST
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere, Refused
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import me
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.plan.consent.queries import states
from kapstone.clinic.plan.models import Course, Dose, DoseBegun, Order
from kapstone.clinic.plan.touch.queries import touch_of

YEAR = timedelta(days=365)
"""How far ahead a course may begin."""


def course_of(act: Act, patient: Patient) -> Course | None:
    """The patient's newest course."""
    found = visible(act, Course).filter(patient=patient).select_related("patient", "therapist", "by", "policy")
    return found.order_by("at", "id").last()


def running_course(act: Act, patient: Patient) -> Course | None:
    """The newest course, if it has not ended."""
    course = course_of(act, patient)
    return course if course and not hasattr(course, "end") else None


def doses(act: Act, course: Course) -> QuerySet[Dose]:
    """The planned doses of a course, in order."""
    found = visible(act, Dose).filter(course=course).select_related("booking__room", "course__patient")
    return found.order_by("number")


def dose_of(act: Act, dose_id: UUID, verb: str = "") -> Dose:
    """One planned dose. NotThere when it is not this actor's to see."""
    found = visible(act, Dose, verb).select_related("course__patient", "booking__room").filter(id=dose_id).first()
    if found is None:
        raise NotThere("No such dose.")
    return found


def dose_booked_as(act: Act, booking_id: UUID) -> Dose | None:
    """The dose that a booking is for."""
    return visible(act, Dose).select_related("course__patient").filter(booking_id=booking_id).first()


def history(act: Act, patient: Patient, format_id: str, indication: str) -> History:
    """What was given before, for the limits: the last dose if it was of this very format, else none.

    A dose of another format says nothing about this one, so a change of format begins anew. The order under which a
    dose began counts, also where it was stopped early.
    """
    ordered = last_order(act, patient, format_id)
    return History(Mg(ordered.amount) if ordered else None, indication)


def last_order(act: Act, patient: Patient, format_id: str) -> Order | None:
    """The order under which the patient's last dose began, if that dose was of this format."""
    begun = DoseBegun.objects.filter(clinic=act.clinic, dose__course__patient=patient).select_related("dose__course")
    last = begun.order_by("at", "id").last()
    if last is None or last.dose.course.format != format_id:
        return None
    signed = Order.objects.filter(dose=last.dose, kind=Order.DOSE, signed_at__lte=last.at)
    return signed.order_by("signed_at").last()


LOOKED_BACK = timedelta(days=WIDEST)
"""A dose from before that says nothing of when the next one may be."""


def doses_had(act: Act, patient: Patient) -> tuple[Booking, ...]:
    """The bookings of the doses that a patient was given lately, from which gaps and the week's limit count."""
    begun = DoseBegun.objects.filter(clinic=act.clinic, dose__course__patient=patient, at__gte=act.at - LOOKED_BACK)
    return tuple(one.dose.booking for one in begun.select_related("dose__booking").order_by("at"))


def my_dose(act: Act, dose_id: UUID) -> Dose:
    """One dose of the patient who asks. NotThere for anybody else's, also where the patient works here."""
    dose = dose_of(act, dose_id, "course.see")
    if dose.course.patient_id != me(act).id:
        raise NotThere("No such dose.")
    return dose


def preparation_of(act: Act, booking_id: UUID) -> tuple[Booking, Course]:
    """One preparation visit that stands, with the running course that it prepares. NotThere for any other."""
    found = visible(act, Booking, "booking.see").select_related("patient", "room", "staff")
    booking = found.filter(id=booking_id, kind=BookingKind.PREPARATION, cancelled_at=None).first()
    course = running_course(act, booking.patient) if booking else None
    if booking is None or course is None:
        raise NotThere("No such visit.")
    return booking, course


def not_oneself(act: Act, patient: Patient) -> None:
    """Refused where the person who acts for the clinic is the patient."""
    if act.actor is not None and patient.user_id == act.actor.id:
        raise Refused("You cannot do this for yourself; a colleague does it.")


def check_first_day(act: Act, day: date) -> None:
    """Refused for a day that is past, or further away than anyone plans."""
    today = act.at.astimezone(act.clinic.zone).date()
    if day < today:
        raise Refused("First day: choose today or a later day.", "first_day")
    if day > today + YEAR:
        raise Refused(f"First day: choose a day within one year, until {today + YEAR:%Y-%m-%d}.", "first_day")


def card(act: Act, patient_id: UUID) -> dict[str, object]:
    """What the chart shows of this room."""
    patient = visible(act, Patient).get(id=patient_id)
    course = course_of(act, patient)
    return {
        "consents": states(act, patient),
        "touch": TOUCH[touch_of(act, patient)],
        "course": course,
        "format": FORMATS[course.format] if course else None,
        "therapy": TherapyForm(course.therapy_form).words if course else "",
        "doses": list(doses(act, course)) if course else [],
    }


def state_of(course: Course) -> CourseState:
    """Where a course stands."""
    begun = DoseBegun.objects.filter(dose__course=course).count()
    return course_state(begun, hasattr(course, "end"))


def endings(course: Course) -> list[tuple[str, str]]:
    """The ways in which this course can end now, with their words."""
    state = state_of(course)
    return [(one.value, one.words) for one in EndState if not why_not_end(state, one)]


def preparations(act: Act, course: Course) -> QuerySet[Booking]:
    """The preparation visits that are booked for a course, in time order."""
    found = bookings(act, course.patient_id).filter(kind=BookingKind.PREPARATION)
    first = course.planned.select_related("booking").order_by("number").first()
    return found.filter(ends_at__lte=first.booking.starts_at, made_at__gte=course.at) if first else found.none()
