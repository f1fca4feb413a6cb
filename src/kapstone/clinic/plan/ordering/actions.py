"""Orders are signed for one dose day, or once for everybody of a day; a dose is held."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from kapstone.care.plan import FORMATS, DoseCheck
from kapstone.care.plan.dose import Prepared
from kapstone.care.quantities import Mg, MgPerMl, Ml
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import key_of, policy_in_force
from kapstone.clinic.plan.actions import check, limits_kept, within_limits
from kapstone.clinic.plan.consent.queries import held
from kapstone.clinic.plan.models import Dose, DoseHeld, Order
from kapstone.clinic.plan.ordering.prn import Prn, check_whole
from kapstone.clinic.plan.ordering.queries import dose_order, usual_mg, why_not
from kapstone.clinic.plan.queries import dose_of, history, last_order, not_oneself


@dataclass(frozen=True, slots=True)
class MadeUp:
    """How a dose is drawn up: the vial's strength, the whole volume of a bag, and the minutes it runs over."""

    strength: Decimal | None = None
    bag_ml: Decimal | None = None
    over_min: Decimal | None = None

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
    """One dose of the day's list: same, step to so many milligrams, or hold with a reason. `row` is its line."""

    dose_id: UUID
    what: What
    mg: Decimal | None = None
    reason: str = ""
    row: str = "1"


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
            raise Refused(f"{name}: {no}", f"{field}_{one.row}") from None


def _sign_one(act: Act, one: Decided, prn: list[Prn]) -> None:
    dose = dose_of(act, one.dose_id, "order.sign")
    if one.what is What.HOLD:
        hold_dose(act, dose.id, one.reason)
        return
    usual = usual_mg(act, dose)
    if one.what is What.STEP:
        if one.mg is None or one.mg == usual:
            raise Refused(f"A step is to another amount than {usual.normalize():f} mg.", "mg")
        sign_orders(act, dose.id, one.mg, prn, one.reason)
        return
    before = last_order(act, dose.course.patient, dose.course.format)
    minutes = Decimal(before.over_min) if before and before.over_min else None
    again = MadeUp(before.strength, before.bag_ml, minutes) if before else None
    sign_orders(act, dose.id, usual, prn, one.reason, again)


@action("order.sign")
def hold_dose(act: Act, dose_id: UUID, reason: str) -> DoseHeld:
    """Holds a dose: it is not given, and orders for it that stood count no more. A later order lifts the hold."""
    dose = dose_of(act, dose_id, "order.sign")
    patient = held(dose.course.patient)
    not_oneself(act, patient)
    if hasattr(dose, "begun"):
        raise Refused("This dose has begun; it can be stopped in the session, not held.")
    if len(reason.strip()) < 3:
        raise Refused("Write why it is held.", "reason")
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
    act: Act, dose_id: UUID, mg: Decimal, prn: list[Prn], reason: str = "", made_up: MadeUp | None = None
) -> list[Order]:
    """Signs the dose and the medicines to give if needed for one dose day; they expire 12 hours after its start."""
    dose = dose_of(act, dose_id, "order.sign")
    course, patient = dose.course, held(dose.course.patient)
    not_oneself(act, patient)
    _may_order(act, dose)
    policy, _ = policy_in_force(act.clinic)
    before = history(act, patient, course.format, course.indication)
    prepared = (made_up or MadeUp()).prepared()
    if mg > 0 and (no := prepared.why_not(Mg(mg))):
        raise Refused(no, "bag_ml")
    checked = check(course.format, mg, course.dosing_kg or course.weight_kg, policy, before, prepared)
    within_limits(checked, reason)
    for number, one in enumerate(prn, 1):
        check_whole(number, one)
    made = [_dose_order(act, dose, patient, checked, reason.strip(), made_up or MadeUp())]
    made += [_order(act, dose, uuid7(act.at), Order.PRN, one) for one in prn]
    sign("orders signed", patient.id, dose=dose.id, mg=mg, prn=len(prn))
    return made


def _may_order(act: Act, dose: Dose) -> None:
    no = why_not(act, dose)
    if no:
        raise Refused(no)
    zone = act.clinic.zone
    day = dose.booking.starts_at.astimezone(zone).date()
    if day < act.at.astimezone(zone).date():
        raise Refused(f"The day of this dose, {day:%A %d %B}, has passed; orders are signed on the day or before it.")
    if dose_order(act, dose) is not None:
        raise Refused("The dose of this day is already ordered; the order stands until it expires.")


def _dose_order(act: Act, dose: Dose, patient: Patient, checked: DoseCheck, reason: str, made_up: MadeUp) -> Order:
    """The order for the dose itself, with the limits that it touched and the prescriber's reason."""
    order_id = uuid7(act.at)
    return _order(
        act,
        dose,
        order_id,
        Order.DOSE,
        Prn(FORMATS[dose.course.format].drug, checked.mg.value, "mg", "", 1, ""),
        limits=limits_kept(checked),
        reason_sealed=key_of(patient).seal(reason, f"order/reason/{order_id}") if reason else b"",
        strength=made_up.strength,
        bag_ml=made_up.bag_ml,
        over_min=made_up.over_min,
    )


def _order(act: Act, dose: Dose, order_id: UUID, kind: str, one: Prn, **more: Any) -> Order:
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
        expires_at=dose.booking.starts_at + timedelta(hours=12),
        signed_at=act.at,
        signed_by=act.person,
        **more,
    )
