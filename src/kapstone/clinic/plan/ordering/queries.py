"""Reads orders: what is signed and valid, how it is drawn up, and what stands against a dose."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from kapstone.care.plan.dose import Prepared
from kapstone.care.quantities import Instant, Kg, Mg, MgPerMl, Ml
from kapstone.clinic.evaluation.queries import why_no_dose
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.queries import key_of
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.plan.consent.queries import why_not_consented
from kapstone.clinic.plan.esketamine.queries import is_esketamine, why_not_rems
from kapstone.clinic.plan.models import Course, CourseEnd, Dose, DoseHeld, Order
from kapstone.clinic.plan.queries import last_order

VALID = timedelta(hours=12)
"""So long after the booked start the orders of a dose day stand."""


def orders(act: Act, dose: Dose) -> QuerySet[Order]:
    """The orders that stand for a dose day: signed for the day of its booking, with the newest dose or after it, not
    expired, and no hold came after them."""
    found = visible(act, Order).filter(dose=dose, expires_at__gt=act.at).select_related("signed_by")
    newest = newest_dose_order(dose)
    if newest is not None:
        found = found.filter(signed_at__gte=newest.signed_at)
        if day_ordered(act, newest) != Instant(dose.booking.starts_at).astimezone(act.clinic.zone).date():
            found = found.none()
    hold = newest_hold(dose)
    if hold is not None:
        found = found.filter(signed_at__gt=hold.at)
    return found.order_by("kind", "drug")


def newest_dose_order(dose: Dose) -> Order | None:
    """The order for the dose itself that was signed last, whether or not it stands."""
    return Order.objects.filter(dose=dose, kind=Order.DOSE).order_by("signed_at", "id").last()


def newest_hold(dose: Dose) -> DoseHeld | None:
    """The last hold of a dose, whether or not it stands."""
    return DoseHeld.objects.filter(dose=dose).select_related("by").order_by("at", "id").last()


def day_ordered(act: Act, order: Order) -> date:
    """The clinic's local day that a dose was ordered for: an order is for one day, also where its dose is moved."""
    return (order.expires_at - VALID).astimezone(act.clinic.zone).date()


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


def ordered_so_far(dose: Dose) -> Decimal:
    """Milligrams of everything that was ordered of this dose once it began: its own order, and more of it."""
    first = newest_dose_order(dose)
    more = Order.objects.filter(dose=dose, kind=Order.AGAIN).values_list("amount", flat=True)
    return sum(more, first.amount if first else Decimal(0))


def again_order(act: Act, dose: Dose) -> Order | None:
    """The newest valid order to give more of a dose that has begun, if a prescriber signed one."""
    return orders(act, dose).filter(kind=Order.AGAIN).order_by("signed_at", "id").last()


def orders_if_needed(act: Act, dose: Dose) -> QuerySet[Order]:
    """The valid orders for medicines to give if needed."""
    return orders(act, dose).filter(kind=Order.PRN)


def order_of(act: Act, order_id: UUID, dose: Dose) -> Order:
    """One valid order of this dose day. Refused with a sentence for any other."""
    found = orders(act, dose).filter(id=order_id).first()
    if found is None:
        raise Refused("There is no valid order for this medicine today; ask a prescriber to sign one.", "order")
    return found


def hold_of(dose: Dose) -> DoseHeld | None:
    """The hold that stands on a dose; None where there is none, or an order was signed after it."""
    hold, order = newest_hold(dose), newest_dose_order(dose)
    return hold if hold is not None and (order is None or order.signed_at <= hold.at) else None


def why_held(dose: Dose) -> str:
    """Who holds a dose and why, in a sentence for those who may read orders; empty where nobody does."""
    found = hold_of(dose)
    if found is None:
        return ""
    reason = key_of(dose.course.patient).open(found.reason_sealed, f"dose_held/reason/{found.id}")
    return f"{found.by} holds this dose: {reason}"


@dataclass(frozen=True, slots=True)
class Usual:
    """What “same” gives: so many milligrams, as ordered for the last dose of this course or, without one, as planned.

    `order` is the last one, None where the plan counts.
    """

    mg: Decimal
    order: Order | None

    @property
    def drawn_up(self) -> str:
        """How it was drawn up last time, which “same” repeats; empty where nothing was written."""
        return drawn_up(self.order) if self.order else ""


def usual(act: Act, dose: Dose) -> Usual:
    """What “same” gives for this dose."""
    before = last_order(act, dose.course.patient, dose.course.format)
    if before is None or before.dose.course_id != dose.course_id:
        return Usual(dose.course.mg, None)
    return Usual(before.amount, before)


def last_set(act: Act) -> list[Order]:
    """The medicines to give if needed that were last signed in this clinic, to begin a day's list with."""
    newest = visible(act, Order).filter(kind=Order.PRN).order_by("signed_at", "id").last()
    if newest is None:
        return []
    return list(
        visible(act, Order).filter(kind=Order.PRN, dose=newest.dose, signed_at=newest.signed_at).order_by("id")
    )


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
    if is_esketamine(found.course.format):
        day = found.booking.starts_at.astimezone(act.clinic.zone).date()
        if stops := why_not_rems(act.clinic, found.course.patient, day):
            return " ".join(str(one) for one in stops)
    return why_no_dose(act, found.course.patient_id, found.course.format)
