"""Reads courses, doses and orders; and previews a course before it is signed."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from kapstone.care.plan import (
    FORMATS,
    History,
    TherapyForm,
)
from kapstone.care.plan.dose import Prepared
from kapstone.care.quantities import Kg, Mg, MgPerMl, Ml
from kapstone.clinic.evaluation.queries import why_no_dose
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere, Refused
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.plan.consent.queries import states, why_not_consented
from kapstone.clinic.plan.models import Course, CourseEnd, Dose, DoseBegun, Order

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


def orders(act: Act, dose: Dose) -> QuerySet[Order]:
    """The signed orders of a dose day that have not expired."""
    found = visible(act, Order).filter(dose=dose, expires_at__gt=act.at).select_related("signed_by")
    return found.order_by("kind", "drug")


def prepared_of(order: Order) -> Prepared:
    """How an ordered dose is made up, as the limits read it."""
    return Prepared(
        MgPerMl(order.strength) if order.strength else None,
        Ml(order.bag_ml) if order.bag_ml else None,
        Decimal(order.over_min) if order.over_min else None,
    )


def dosing_weight(course: Course, today: Kg) -> Kg:
    """The weight that today's dose is held against: today's, or the picked one where that is less."""
    return min(today, Kg(course.dosing_kg)) if course.dosing_kg and course.weight_basis != "actual" else today


def drawn_up(order: Order) -> str:
    """How an ordered dose is drawn up, in words: what is drawn from which vial, and what the pump is set to."""
    if not order.strength:
        return ""
    prepared = prepared_of(order)
    said = f"{prepared.drawn(Mg(order.amount))} of {MgPerMl(order.strength)}"
    if order.bag_ml:
        said += f", made up to {prepared.bag}"
    return f"{said}, {prepared.rate()} over {order.over_min} min" if prepared.rate() else said


def dose_order(act: Act, dose: Dose) -> Order | None:
    """The valid order for the dose itself, if a prescriber signed one."""
    return orders(act, dose).filter(kind=Order.DOSE).first()


def orders_if_needed(act: Act, dose: Dose) -> QuerySet[Order]:
    """The valid orders for medicines to give if needed."""
    return orders(act, dose).filter(kind=Order.PRN)


def history(act: Act, patient: Patient, format_id: str, indication: str) -> History:
    """What was given before, for the limits: the last dose if it was of this very format, else none.

    A dose of another format says nothing about this one, so a change of format begins anew. The order under which a
    dose began counts, also where it was stopped early.
    """
    begun = DoseBegun.objects.filter(clinic=act.clinic, dose__course__patient=patient).select_related("dose__course")
    last = begun.order_by("at", "id").last()
    if last is None or last.dose.course.format != format_id:
        return History(None, indication)
    ordered = (
        Order.objects.filter(dose=last.dose, kind=Order.DOSE, signed_at__lte=last.at).order_by("signed_at").last()
    )
    return History(Mg(ordered.amount) if ordered else None, indication)


def order_of(act: Act, order_id: UUID, dose: Dose) -> Order:
    """One valid order of this dose day. Refused with a sentence for any other."""
    found = orders(act, dose).filter(id=order_id).first()
    if found is None:
        raise Refused("There is no valid order for this medicine today; ask a prescriber to sign one.", "order")
    return found


def why_not(act: Act, dose: Dose) -> str:
    """Why this planned dose may be neither ordered nor given now, in a sentence; empty when nothing is against it.

    Asked again at every step, because a booking, a course or a decision may have changed since the page was opened.
    """
    found = Dose.objects.select_related("booking", "course__patient").filter(id=dose.id, clinic=act.clinic).first()
    if found is None:
        return "No such dose."
    # The end of a course cancels its bookings, so the end is named first.
    if CourseEnd.objects.filter(course=found.course).exists():
        return "The course of this dose has ended; plan a new course first."
    if found.booking.cancelled_at is not None:
        return "The booking of this dose is cancelled; book the dose again in a new course."
    if no := why_not_consented(found.course.patient, found.course.format):
        return no
    return why_no_dose(act, found.course.patient_id, found.course.format)


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


def why_not_prn(drug: str) -> str:
    """Why this may not be a medicine to give if needed; empty when nothing stands against it."""
    if "ketamine" in drug.casefold():
        return "Another dose is a dose of the plan, not a medicine to give if needed."
    return ""


def card(act: Act, patient_id: UUID) -> dict[str, object]:
    """What the chart shows of this room."""
    patient = visible(act, Patient).get(id=patient_id)
    course = course_of(act, patient)
    return {
        "consents": states(act, patient),
        "course": course,
        "format": FORMATS[course.format] if course else None,
        "therapy": TherapyForm(course.therapy_form).words if course else "",
        "doses": list(doses(act, course)) if course else [],
    }
