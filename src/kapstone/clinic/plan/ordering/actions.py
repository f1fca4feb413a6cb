"""Orders are signed for one dose day, or once for everybody of a day; a dose is held."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from kapstone.care.evidence import Policy
from kapstone.care.plan import FORMATS, DoseCheck
from kapstone.care.plan.dose import DEVICE_MG, History, Prepared
from kapstone.care.quantities import Mg, MgPerMl, Ml
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import key_of, policy_in_force
from kapstone.clinic.plan.actions import check, limits_kept, within_limits
from kapstone.clinic.plan.consent.queries import held
from kapstone.clinic.plan.models import CourseEnd, Dose, DoseHeld, Order
from kapstone.clinic.plan.ordering.prn import Prn, check_whole
from kapstone.clinic.plan.ordering.queries import (
    VALID,
    dose_order,
    newest_dose_order,
    newest_hold,
    ordered_so_far,
    usual,
    why_not,
)
from kapstone.clinic.plan.queries import dose_of, history, not_oneself


@dataclass(frozen=True, slots=True)
class MadeUp:
    """How a dose is drawn up: the vial's strength, the whole volume of a bag, and the minutes it runs over."""

    strength: Decimal | None = None
    bag_ml: Decimal | None = None
    over_min: Decimal | None = None

    @classmethod
    def of(cls, order: Order | None) -> "MadeUp":
        """As an earlier dose was made up; nothing without one."""
        if order is None:
            return cls()
        return cls(order.strength, order.bag_ml, Decimal(order.over_min) if order.over_min else None)

    def timed(self, format_id: str, policy: Policy) -> "MadeUp":
        """With the policy's duration where none is written and the format has a pace that is limited."""
        if self.over_min is not None or f"plan.{format_id}.hard_max_mg_per_kg_per_h" not in policy.lines:
            return self
        return replace(self, over_min=policy.number(f"plan.{format_id}.duration_min"))

    def prepared(self) -> Prepared:
        """As the limits read it."""
        strength = MgPerMl(self.strength) if self.strength else None
        return Prepared(strength, Ml(self.bag_ml) if self.bag_ml else None, self.over_min)


class What(StrEnum):
    """What a prescriber decides for a dose of the day."""

    SAME = "same"
    STEP = "step"
    HOLD = "hold"

    @property
    def words(self) -> str:
        """The name on the page."""
        return {What.SAME: "Same", What.STEP: "Step", What.HOLD: "Hold"}[self]


@dataclass(frozen=True, slots=True)
class Decided:
    """One dose of the day's list: same, step to so many milligrams, or hold with a reason."""

    dose_id: UUID
    what: What
    mg: Decimal | None = None
    reason: str = ""


@action("order.sign")
def sign_day(act: Act, decided: list[Decided], prn: list[Prn]) -> None:
    """Signs a day's list at once, all or nothing: each dose as decided, and one set of medicines if needed."""
    for one in decided:
        try:
            _sign_one(act, one, prn)
        except Refused as no:
            if no.field.rpartition("_")[0] in ("drug", "amount", "route", "trigger", "times"):
                raise
            name = dose_of(act, one.dose_id, "order.sign").course.patient.name
            field = {"mg": "mg", "reason": "reason"}.get(no.field, "what")
            raise Refused(f"{name}: {no}", f"{field}_{one.dose_id.hex}") from None


def _sign_one(act: Act, one: Decided, prn: list[Prn]) -> None:
    dose = dose_of(act, one.dose_id, "order.sign")
    if one.what is What.HOLD:
        hold_dose(act, dose.id, one.reason)
        return
    same = usual(act, dose)
    if one.what is What.STEP:
        if one.mg is None or one.mg == same.mg:
            raise Refused(f"A step is to another amount than {same.mg.normalize():f} mg.", "mg")
        sign_orders(act, dose.id, one.mg, prn, one.reason, MadeUp.of(same.order))
        return
    sign_orders(act, dose.id, same.mg, prn, one.reason, MadeUp.of(same.order))


@action("order.sign")
def hold_dose(act: Act, dose_id: UUID, reason: str) -> DoseHeld:
    """Holds a dose: it is not given, and orders for it that stood count no more. A later order lifts the hold."""
    dose = dose_of(act, dose_id, "order.sign")
    patient = held(dose.course.patient)
    not_oneself(act, patient)
    if hasattr(dose, "begun"):
        raise Refused("This dose has begun; it can be stopped in the session, not held.")
    if CourseEnd.objects.filter(course=dose.course).exists():
        raise Refused("The course of this dose has ended; there is nothing to hold.")
    if len(reason.strip()) < 3:
        raise Refused("Write why it is held.", "reason")
    _nothing_newer(act, dose)
    made_id = uuid7(act.at)
    made = DoseHeld.objects.create(
        id=made_id,
        clinic=act.clinic,
        dose=dose,
        at=act.at,
        by=act.person,
        reason_sealed=key_of(patient).seal(reason.strip(), f"dose_held/reason/{made_id}"),
    )
    sign("dose held", patient.id, dose=dose.id)
    return made


@action("order.sign")
def sign_orders(
    act: Act,
    dose_id: UUID,
    mg: Decimal,
    prn: list[Prn],
    reason: str = "",
    made_up: MadeUp | None = None,
    instead: UUID | None = None,
) -> list[Order]:
    """Signs the dose and the medicines to give if needed for one dose day; they expire 12 hours after its start.

    `instead` is the order for the dose that these orders replace, with everything that was signed beside it.
    """
    dose = dose_of(act, dose_id, "order.sign")
    course, patient = dose.course, held(dose.course.patient)
    not_oneself(act, patient)
    _may_order(act, dose, instead)
    policy, _ = policy_in_force(act.clinic)
    before = history(act, patient, course.format, course.indication)
    timed = (made_up or MadeUp()).timed(course.format, policy)
    if mg > 0 and (no := timed.prepared().why_not(Mg(mg))):
        raise Refused(no, "bag_ml")
    checked = check(course.format, mg, course.limit_kg, policy, before, timed.prepared())
    within_limits(checked, reason)
    for number, one in enumerate(prn, 1):
        check_whole(number, one)
    expires = dose.booking.starts_at + VALID
    made = [_dose_order(act, dose, patient, checked, reason.strip(), timed)]
    made += [_order(act, dose, uuid7(act.at), Order.PRN, one, expires) for one in prn]
    replaced = {"instead": instead} if instead else {}
    sign("orders signed", patient.id, dose=dose.id, mg=mg, prn=len(prn), **replaced)
    return made


@action("order.sign")
def sign_again(act: Act, dose_id: UUID, mg: Decimal, reason: str, made_up: MadeUp | None = None) -> Order:
    """Signs more of a dose that has begun: the only way back to giving after it was stopped or given in full.

    The limits are held against everything that was ordered for this dose together. It always needs a reason.
    """
    dose = dose_of(act, dose_id, "order.sign")
    course, patient = dose.course, held(dose.course.patient)
    not_oneself(act, patient)
    begun = getattr(dose, "begun", None)
    if begun is None:
        raise Refused("This dose has not begun; sign or replace its order instead.")
    if act.at >= begun.at + VALID:
        raise Refused("This dose began more than 12 hours ago; its orders are closed.")
    if no := why_not(act, dose):
        raise Refused(no)
    if len(reason.strip()) < 3:
        raise Refused("Write why more is given.", "reason")
    _nothing_newer(act, dose)
    policy, _ = policy_in_force(act.clinic)
    timed = (made_up or MadeUp()).timed(course.format, policy)
    if mg > 0 and (no := timed.prepared().why_not(Mg(mg))):
        raise Refused(no, "bag_ml")
    checked = _checked_again(act, dose, mg, policy, timed.prepared())
    made = _dose_order(act, dose, patient, checked, reason.strip(), timed, kind=Order.AGAIN, expires=act.at + VALID)
    sign("more of a dose signed", patient.id, dose=dose.id, mg=mg)
    return made


def _checked_again(act: Act, dose: Dose, mg: Decimal, policy: Policy, prepared: Prepared) -> DoseCheck:
    """More of a dose: held against the limits by itself, and together with what was ordered of it before."""
    course = dose.course
    if FORMATS[course.format].fixed_doses:
        if mg <= 0 or mg % DEVICE_MG:
            raise Refused(f"Esketamine comes in devices of {DEVICE_MG} mg; write 28 or 56.", "mg")
        return check(course.format, mg, course.limit_kg, policy, History(None, course.indication))
    so_far = ordered_so_far(dose)
    before = history(act, course.patient, course.format, course.indication)
    alone = check(course.format, mg, course.limit_kg, policy, before, prepared)
    together = check(course.format, mg + so_far, course.limit_kg, policy, before)
    for one, said in ((alone, ""), (together, f"With the {so_far.normalize():f} mg ordered before: ")):
        if one.blocked:
            raise Refused(f"{said}{one.limits[0].reason}", "mg")
    return replace(alone, limits=together.limits)


@action("order.sign")
def sign_if_needed(act: Act, dose_id: UUID, prn: list[Prn]) -> list[Order]:
    """Signs one more medicine to give if needed, beside a dose that is ordered or has begun.

    Nothing of the plan or the consent stands against it: what may be needed under the drug is never refused for them.
    """
    dose = dose_of(act, dose_id, "order.sign")
    patient = held(dose.course.patient)
    not_oneself(act, patient)
    if not prn:
        raise Refused("Write the medicine and how it is given.", "drug_1")
    for number, one in enumerate(prn, 1):
        check_whole(number, one)
    begun = getattr(dose, "begun", None)
    if begun is None and dose_order(act, dose) is None:
        raise Refused("Nothing is ordered for this dose yet; the medicine is signed together with it.")
    if begun is not None and act.at >= begun.at + VALID:
        raise Refused("This dose began more than 12 hours ago; its orders are closed.")
    _nothing_newer(act, dose)
    expires = (dose.booking.starts_at if begun is None else act.at) + VALID
    made = [_order(act, dose, uuid7(act.at), Order.PRN, one, expires) for one in prn]
    sign("medicine if needed signed", patient.id, dose=dose.id, prn=len(prn))
    return made


def _may_order(act: Act, dose: Dose, instead: UUID | None) -> None:
    no = why_not(act, dose)
    if no:
        raise Refused(no)
    if hasattr(dose, "begun"):
        raise Refused("This dose has begun; a medicine to give if needed can still be added.")
    zone = act.clinic.zone
    day = dose.booking.starts_at.astimezone(zone).date()
    if day < act.at.astimezone(zone).date():
        raise Refused(f"The day of this dose, {day:%A %d %B}, has passed; orders are signed on the day or before it.")
    standing = dose_order(act, dose)
    if standing is not None and instead is None:
        raise Refused("The dose of this day is already ordered. Look at the order; it can be held or replaced.")
    if instead is not None and (standing is None or standing.id != instead):
        raise Refused("The order has changed since this page was opened. Read it again.")
    _nothing_newer(act, dose)


def _nothing_newer(act: Act, dose: Dose) -> None:
    """Refused where somebody signed or held this dose while this request waited: the newest word must be the last."""
    order, hold = newest_dose_order(dose), newest_hold(dose)
    if (order is not None and order.signed_at > act.at) or (hold is not None and hold.at > act.at):
        raise Refused("Somebody else signed or held this dose just now. Read it again.")


def _dose_order(
    act: Act,
    dose: Dose,
    patient: Patient,
    checked: DoseCheck,
    reason: str,
    made_up: MadeUp,
    kind: str = Order.DOSE,
    expires: datetime | None = None,
) -> Order:
    """The order for the dose itself, with the limits that it touched and the prescriber's reason."""
    order_id = uuid7(act.at)
    return _order(
        act,
        dose,
        order_id,
        kind,
        Prn(FORMATS[dose.course.format].drug, checked.mg.value, "mg", "", 1, ""),
        expires or dose.booking.starts_at + VALID,
        limits=limits_kept(checked),
        reason_sealed=key_of(patient).seal(reason, f"order/reason/{order_id}") if reason else b"",
        strength=made_up.strength,
        bag_ml=made_up.bag_ml,
        over_min=made_up.over_min,
    )


def _order(act: Act, dose: Dose, order_id: UUID, kind: str, one: Prn, expires: datetime, **more: Any) -> Order:
    return Order.objects.create(
        id=order_id,
        clinic=act.clinic,
        dose=dose,
        kind=kind,
        drug=one.drug,
        amount=one.amount,
        unit=one.unit,
        route=one.route,
        trigger=one.trigger,
        most_times=one.most_times,
        expires_at=expires,
        signed_at=act.at,
        signed_by=act.person,
        **more,
    )
