"""What must hold before a line of a session may be written. Each guard refuses with a sentence, or lets pass.

A guard reads after the session's row is locked, so that two people acting at once are judged one after the other.
"""

import math
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from kapstone.care.plan import DoseCheck, Format, check_dose
from kapstone.care.plan.dose import DEVICE_MG, Hold
from kapstone.care.quantities import Instant, Kg, Mg, decimal_from, elapsed_min, plain
from kapstone.care.session import SIGNALS, Event, Phase, Timeout, blocks
from kapstone.care.session.checking import Ordered
from kapstone.care.session.readings import Standing
from kapstone.care.session.reminders import Level
from kapstone.care.session.timeout import questions
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
from kapstone.clinic.session.queries import Seen, unfinished_session, urgent, urgent_concern

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
    if no := urgent_concern(act, dose.course.patient_id):
        raise Refused(no)


def timeout_is_recent(now: Seen, at: Instant) -> None:
    """Refuses a start long after the time-out: what was asked then is asked again."""
    passed, zone = _last(now, "timeout_passed").at_device, now.session.clinic.zone
    if passed.astimezone(zone).date() != at.astimezone(zone).date():
        raise Refused("The time-out is of another day: what was asked then is asked again. Pass the time-out anew.")
    age, most = elapsed_min(passed, at), now.policy.number("session.timeout.holds_min")
    if age > float(most):
        raise Refused(
            f"The time-out no longer holds: it was passed {math.ceil(age)} minutes ago, and {most} is the most. What "
            "was asked then is asked again. Pass the time-out anew."
        )


def nobody_is_unwell(act: Act, now: Seen) -> None:
    """Refuses more of a dose while a person must come first, or a sign is at an orange or red line now."""
    if no := urgent(act, now):
        raise Refused(no)
    for key, newest in now.state.latest.items():
        level = now.state.watch.level_of(newest.judged)
        if level is not None and level > Level.YELLOW:
            what = f"{SIGNALS[key].words.lower()} {plain(newest.judged.value)}"
            raise Refused(f"No more is given at {what}. Look at the patient, and measure again.")


def pressure_still_holds(now: Seen, at: Instant) -> None:
    """Refuses a dose on a pressure that has grown old or high since the time-out. Both halves count as old as the
    older one is."""
    passed = _last(now, "timeout_passed")
    told = passed.payload
    sbp, dbp = decimal_from(told["sbp"]), decimal_from(told["dbp"])
    measured = Instant(passed.at_device)
    if "pressure_at" in told:
        measured = Instant(datetime.fromisoformat(told["pressure_at"]))
    halves = {"sbp": (sbp, measured), "dbp": (dbp, measured)}
    for key in halves:
        newest = now.state.latest.get(key)
        if newest and newest.at > measured and newest.judged.standing is Standing.USED:
            halves[key] = newest.judged.value, newest.at
    (sbp, systolic_at), (dbp, diastolic_at) = halves.values()
    measured = min(systolic_at, diastolic_at)
    yes: dict[str, bool | None] = {ask.key: True for ask in questions(now.format)}
    found = blocks(Timeout(yes, decimal_from(told["weight_kg"]), sbp, dbp, measured), now.format, now.policy, at)
    if found:
        raise Refused("The time-out no longer holds. " + " ".join(str(one.reason) for one in found))


def misses_are_cleared(now: Seen) -> None:
    """Refuses a pass over what a time-out failed at and only a prescriber can clear."""
    if said := misses_said(now):
        raise Refused(f"A prescriber clears first what the time-out stopped at: {' '.join(said)}")


def misses_said(now: Seen) -> list[str]:
    """What a time-out failed at and no prescriber has cleared, in words."""
    found = now.state.misses.items()
    return [one["words"] for key, event in found for one in event.payload["misses"] if one["key"] == key]


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


def order_begun(now: Seen) -> "Order":
    """The order under which the newest dose was begun, also where it stands no more."""
    return now.session.dose.orders.get(id=UUID(str(now.state.dose["order"])))


def rate_now(now: Seen, order: "Order") -> Decimal:
    """Milligrams a minute at which the newest dose runs: as changed last, or as ordered."""
    rates = now.state.doses[-1].rates
    return rates[-1][1] if rates else order.amount / Decimal(order.over_min or 1)


def may_go_faster(act: Act, now: Seen) -> None:
    """Refuses a faster rate without a standing order, the patient's consent, or a licence; and while help runs."""
    order_of(act, UUID(str(now.state.dose["order"])), now.session.dose)
    no = why_not(act, now.session.dose) or why_not_by_licence(act, now.format.id, now.policy) or urgent(act, now)
    if no:
        raise Refused(f"{no} Slower or paused is always allowed.")


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
