"""What must hold before a line of a session may be written. Each guard refuses with a sentence, or lets pass.

A guard reads after the session's row is locked, so that two people acting at once are judged one after the other.
"""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from kapstone.care.plan import DoseCheck, Format, check_dose
from kapstone.care.plan.dose import DEVICE_MG, Hold
from kapstone.care.quantities import Instant, Kg, Mg, decimal_from, plain
from kapstone.care.session import Event, Phase, Timeout, blocks
from kapstone.care.session.checking import Ordered
from kapstone.care.session.readings import Standing
from kapstone.care.session.timeout import questions
from kapstone.clinic.ground.concerns.queries import open_items
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.plan.licences.queries import why_not_by_licence
from kapstone.clinic.plan.ordering.queries import (
    again_order,
    dose_order,
    dosing_weight,
    order_of,
    prepared_of,
    why_not,
)
from kapstone.clinic.session.queries import Seen, unfinished_session

if TYPE_CHECKING:
    from kapstone.clinic.plan.models import Dose, Order


def may_be_dosed_today(act: Act, dose: "Dose") -> None:
    """Refuses a dose of another day, of an ended course, beside another session, or over an urgent concern."""
    if no := why_not(act, dose):
        raise Refused(no)
    zone = act.clinic.zone
    planned = dose.booking.starts_at.astimezone(zone).date()
    if planned != act.at.astimezone(zone).date():
        raise Refused(f"Dose {dose.number} is booked for {planned:%A %d %B}; move the booking before it is given.")
    other = unfinished_session(act, dose)
    if other is not None:
        raise Refused(
            f"Dose {other.dose.number} of this patient is not finished; finish it, or say “Not today” there."
        )
    if any(one.concern.tier == "now" for one in open_items(act, dose.course.patient_id)):
        raise Refused("An urgent concern about this patient is open. Settle it with a person first, then go on.")


def timeout_still_holds(now: Seen, at: Instant) -> None:
    """Refuses a start on a time-out of another day, or on a pressure that has grown old or high since."""
    passed = _last(now, "timeout_passed")
    zone = now.session.clinic.zone
    if passed.at_device.astimezone(zone).date() != at.astimezone(zone).date():
        raise Refused("The time-out is of another day: what was asked then is asked again. Pass the time-out anew.")
    told = passed.payload
    sbp, dbp = decimal_from(told["sbp"]), decimal_from(told["dbp"])
    measured = Instant(passed.at_device)
    if "pressure_at" in told:
        measured = Instant(datetime.fromisoformat(told["pressure_at"]))
    newest = {key: now.state.latest.get(key) for key in ("sbp", "dbp")}
    systolic, diastolic = newest["sbp"], newest["dbp"]
    if systolic and diastolic and systolic.at > measured and systolic.judged.standing is Standing.USED:
        sbp, dbp, measured = systolic.judged.value, diastolic.judged.value, systolic.at
    yes: dict[str, bool | None] = {ask.key: True for ask in questions(now.format)}
    found = blocks(Timeout(yes, decimal_from(told["weight_kg"]), sbp, dbp, measured), now.format, now.policy, at)
    if found:
        raise Refused("The time-out no longer holds. " + " ".join(str(one.reason) for one in found))


def weight_is_believed(now: Seen, weight: Decimal | None, confirmed: bool) -> None:
    """Refuses a weight far from the plan's until somebody confirms it: pounds typed as kilograms look like this."""
    planned = now.session.dose.course.weight_kg
    limit = now.policy.number("plan.weight.change_percent_to_confirm")
    if weight is None or confirmed or abs(weight - planned) * 100 <= planned * limit:
        return
    raise Refused(
        f"Weight today is {weight} kg; the plan has {planned} kg, more than {limit} % apart. Is it in kilograms? "
        "If it is right, tick that it is.",
        "weight_kg",
    )


def devices(format_: Format, mg: Decimal) -> int:
    """How many nasal devices a dose is; 0 for a format without devices."""
    return 0 if format_.racemic else int(mg / DEVICE_MG)


def devices_given(now: Seen) -> int:
    """How many of the newest dose are on record; the first is its start."""
    return len(now.state.doses[-1].devices) if now.state.doses else 0


def soft_limits_are_answered(now: Seen, order: "Order", weight: Kg, checked: DoseCheck) -> None:
    """Refuses a dose that a soft limit holds at today's weight and that no prescriber gave a reason for.

    A reason counts where the order touched that very limit, or where it was signed after today's weight was known.
    """
    told = {one["policy"] for one in order.limits}
    knew = bool(order.reason_sealed) and order.signed_at >= _last(now, "timeout_passed").at_received
    for one in checked.limits:
        if one.hold is Hold.SOFT and one.source not in told and not knew:
            raise Refused(
                f"At today's weight of {weight}: {one.reason} A prescriber replaces the order with a reason, or "
                "with another dose."
            )


def may_give_device(act: Act, now: Seen) -> None:
    """Refuses a device beyond the order, one that the patient no longer agrees to, and one without a licence."""
    if no := why_not(act, now.session.dose):
        raise Refused(no)
    if no := why_not_by_licence(act, now.format.id, now.policy):
        raise Refused(no)
    wanted = devices(now.format, now.state.doses[-1].mg if now.state.doses else Decimal(0))
    if now.format.racemic:
        raise Refused("Only esketamine is given by devices.")
    if now.phase is Phase.DOSING and devices_given(now) >= wanted:
        raise Refused(f"All {wanted} devices of this dose are on record. If more was given, write a note and call.")


def may_end_dose(now: Seen) -> None:
    """Refuses "given in full" while a device is missing."""
    wanted = devices(now.format, now.state.doses[-1].mg if now.state.doses else Decimal(0))
    given = devices_given(now)
    if now.phase is Phase.DOSING and given < wanted:
        raise Refused(f"{given} of {wanted} devices are on record. Write the next one, or stop the dose.")


def order_to_check(act: Act, now: Seen) -> "Order":
    """The order that a second person would check now: the dose's own before it, the newest for more of it after."""
    if now.phase is Phase.READY:
        order = dose_order(act, now.session.dose)
    elif now.phase is Phase.OBSERVING:
        order = again_order(act, now.session.dose)
        order = None if order is None or is_used(now, order) else order
    else:
        raise Refused(f"There is nothing to check now: the session is {now.phase}. Open the page again.")
    if order is None:
        raise Refused("There is no signed order to check against; a prescriber signs it first.")
    return order


def first_person(now: Seen) -> str:
    """Who passed the time-out, as an id."""
    return _last(now, "timeout_passed").author


def may_check(act: Act, now: Seen) -> None:
    """Refuses a second check by the one who passed the time-out: nobody is their own second person."""
    if act.actor is not None and first_person(now) == str(act.actor.id):
        raise Refused("You passed the time-out yourself. A second person reads drug, strength, dose and pump.")


def is_checked(now: Seen, order: "Order | None") -> bool:
    """Whether a second person has checked this very order and everything agreed."""
    found = now.state.checked
    return found is not None and order is not None and found.payload.get("order") == str(order.id)


def second_check_holds(now: Seen, order: "Order") -> str:
    """Who checked this very order, as an id. Refused where nobody did, or what they read differed."""
    if not now.policy.on("session.timeout.second_check"):
        return ""
    if now.state.checked is None or not is_checked(now, order):
        raise Refused("A second person has not checked drug, strength, dose and pump against this order yet.")
    return now.state.checked.author


def ordered_of(order: "Order") -> Ordered:
    """An order as the second person's check reads it."""
    return Ordered(order.drug, Mg(order.amount), prepared_of(order))


def order_given(act: Act, now: Seen) -> "Order":
    """The order under which the newest dose was begun, as long as it stands."""
    return order_of(act, UUID(str(now.state.dose["order"])), now.session.dose)


def is_used(now: Seen, order: "Order") -> bool:
    """Whether a dose was begun under this order already."""
    return any(one.begun.payload.get("order") == str(order.id) for one in now.state.doses)


def total_is_within_limits(now: Seen, order: "Order") -> None:
    """Refuses more of a dose where all of it together is above a hard limit at today's weight.

    Of what was stopped, esketamine counts by its devices; of every other format the whole is counted, to be safe.
    """
    if now.format.fixed_doses:
        total = sum((DEVICE_MG * len(one.devices) for one in now.state.doses), order.amount)
        if total not in [decimal_from(one) for one in now.policy.names(f"plan.{now.format.id}.allowed_mg")]:
            raise Refused(f"All together it would be {plain(total)} mg, which is none of the label's doses.")
        return
    total = sum((one.mg for one in now.state.doses), order.amount)
    weight = Kg(weight_today(now))
    checked = check_dose(now.format, Mg(total), dosing_weight(now.session.dose.course, weight), now.policy)
    if checked.blocked:
        raise Refused(f"All together at today's weight of {weight}: {checked.limits[0].reason}")


def weight_today(now: Seen) -> Decimal:
    """The weight of the time-out."""
    return decimal_from(_last(now, "timeout_passed").payload["weight_kg"])


def _last(now: Seen, kind: str) -> Event:
    return [line.event for line in now.state.lines if line.event.kind == kind][-1]
