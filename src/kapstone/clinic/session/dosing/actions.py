"""From the time-out to the end of the drug. Each act is one line of the record, or a refusal with the reason."""

from dataclasses import asdict
from decimal import Decimal
from uuid import UUID

from kapstone.care.evidence import Reason
from kapstone.care.plan import FORMATS, check_dose
from kapstone.care.quantities import Kg, Mg, plain
from kapstone.care.session import Phase, Timeout, blocks
from kapstone.care.session.checking import Read, differences
from kapstone.care.session.timeout import Block
from kapstone.clinic.ground.bookings.actions import dose_ended_within
from kapstone.clinic.ground.concerns.actions import raise_within
from kapstone.clinic.ground.concerns.models import Tier
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action
from kapstone.clinic.plan.actions import limits_kept
from kapstone.clinic.plan.consent.actions import begin_within
from kapstone.clinic.plan.esketamine.actions import use_kit_within
from kapstone.clinic.plan.licences.queries import why_not_by_licence
from kapstone.clinic.plan.models import Order
from kapstone.clinic.plan.ordering.prn import meant
from kapstone.clinic.plan.ordering.queries import (
    again_order,
    dose_order,
    dosing_weight,
    order_of,
    prepared_of,
    why_held,
    why_not,
)
from kapstone.clinic.session.dosing.guards import (
    is_used,
    may_be_dosed_today,
    may_check,
    may_end_dose,
    may_give_device,
    may_go_faster,
    misses_are_cleared,
    nobody_is_unwell,
    order_begun,
    order_to_check,
    ordered_of,
    pressure_still_holds,
    rate_now,
    second_check_holds,
    soft_limits_are_answered,
    timeout_is_recent,
    total_is_within_limits,
    weight_is_believed,
    weight_today,
)
from kapstone.clinic.session.lines import held, may_follow, sign_for, write_line
from kapstone.clinic.session.queries import Seen, medicines_of, urgent
from kapstone.clinic.session.record import already, append, lock_patient


@action("session.chart")
def pass_timeout(
    act: Act, session_id: UUID, timeout: Timeout, event_id: UUID | None = None, weight_confirmed: bool = False
) -> tuple[Block, ...]:
    """Records the time-out: passed, or failed with what stops the dose and who can clear it. Returns the latter.

    A failed time-out undoes one that was passed, and its second check. Refused, and not on record, while something
    is only not answered or not measured yet, and while a prescriber has not cleared what one failed at.
    """
    now = held(act, session_id, "session.chart")
    if already(now.session, event_id, "timeout_passed") or already(now.session, event_id, "timeout_failed"):
        sign_for(now.session, "timeout already written")
        return blocks(timeout, now.format, now.policy, act.at)
    found = blocks(timeout, now.format, now.policy, act.at)
    stops = tuple(one for one in found if one.known)
    if stops:
        may_follow(now, "timeout_failed")
        misses = [{"key": one.key, "clears": one.clears, "words": str(one.reason)} for one in stops]
        append(act, now.session, "timeout_failed", {**_told(timeout), "misses": misses}, event_id=event_id)
        if any(one.key == "ideation" for one in stops):
            raise_within(act, now.session.patient, Tier.NOW, "session", "Suicidal thoughts told in the time-out.")
        sign_for(now.session, "timeout failed", misses=[one.key for one in stops])
        return stops
    may_follow(now, "timeout_passed")
    if found:
        raise Refused(" ".join(f"{one.reason} ({one.clears} can clear it.)" for one in found))
    weight_is_believed(now, timeout.weight_kg, weight_confirmed)
    misses_are_cleared(now)
    pressure_at = {"pressure_at": (timeout.pressure_at or act.at).isoformat()}
    append(act, now.session, "timeout_passed", {**_told(timeout), **pressure_at}, event_id=event_id)
    sign_for(now.session, "timeout passed")
    return ()


def _told(timeout: Timeout) -> dict[str, object]:
    """What was answered and measured, as it stands on record."""
    measured = {key: getattr(timeout, key) for key in ("weight_kg", "sbp", "dbp")}
    return {
        "answers": {key: told for key, told in timeout.answers.items() if told is not None},
        **{key: str(value) for key, value in measured.items() if value is not None},
    }


@action("session.sign_off")
def clear_misses(act: Act, session_id: UUID, words: str, event_id: UUID | None = None) -> None:
    """A prescriber clears what a time-out failed at, in their own words. It is then asked again and passed."""
    now = held(act, session_id, "session.sign_off")
    if already(now.session, event_id, "timeout_cleared"):
        return sign_for(now.session, "timeout already cleared")
    may_follow(now, "timeout_cleared")
    if not now.state.misses:
        raise Refused("Nothing of the time-out waits for a prescriber.")
    if len(words.strip()) < 3:
        raise Refused("Write in a few words what you found and why the dose may go on.", "words")
    payload = {"cleared": sorted(now.state.misses)}
    append(act, now.session, "timeout_cleared", payload, words=words.strip(), event_id=event_id)
    return sign_for(now.session, "timeout cleared", cleared=sorted(now.state.misses))


@action("session.chart")
def start_dose(
    act: Act,
    session_id: UUID,
    event_id: UUID | None = None,
    kit_id: UUID | None = None,
    order_id: UUID | None = None,
) -> None:
    """Starts the dose that is ordered: clock zero. Checked once more against today's weight and the pinned policy.

    Whoever starts it holds a licence that covers the format's route. `kit_id` is the kit that is used where a
    pharmacy sent one for this patient; `order_id` is the order that was read, None where no page showed one.
    """
    now = held(act, session_id, "session.chart")
    lock_patient(now.session.patient_id)
    if already(now.session, event_id, "dose_started"):
        return sign_for(now.session, "dose already started")
    may_follow(now, "dose_started")
    may_be_dosed_today(act, now.session.dose)
    if no := urgent(act, now):
        raise Refused(no)
    timeout_is_recent(now, act.at)
    pressure_still_holds(now, act.at)
    order = dose_order(act, now.session.dose)
    if order is None:
        held_by = why_held(now.session.dose)
        raise Refused(held_by or "There is no signed order for today's dose; a prescriber signs it first.")
    payload = _begun(act, now, order, order_id)
    if not now.format.racemic and (kit := use_kit_within(act, now.session.dose, Mg(order.amount), kit_id)):
        payload["kit"] = str(kit.id)
    append(act, now.session, "dose_started", payload, event_id=event_id)
    begin_within(act, now.session.dose)
    return sign_for(now.session, "dose started", order=order.id)


@action("session.chart")
def dose_again(
    act: Act, session_id: UUID, order_id: UUID | None, confirmed: bool, event_id: UUID | None = None
) -> None:
    """More of a dose that was stopped or given in full: the one way back to dosing.

    It needs an order that was signed after the dose ended, the check of that order by somebody else than whoever
    gives it, a pressure that still allows a dose, no sign at an orange or red line, and a confirmation of its own.
    `order_id` is the order that was read.
    """
    now = held(act, session_id, "session.chart")
    if already(now.session, event_id, "dose_again"):
        return sign_for(now.session, "dose already given again")
    may_follow(now, "dose_again")
    if no := why_not(act, now.session.dose):
        raise Refused(no)
    order = again_order(act, now.session.dose)
    if order is None or now.state.dose_end is None or order.signed_at <= now.state.dose_end or is_used(now, order):
        raise Refused("Back to dosing only by a new order, signed after the dose ended. A prescriber signs it first.")
    if not confirmed:
        raise Refused("Confirm that one more dose is given, beside the one on record.", "confirmed")
    pressure_still_holds(now, act.at)
    nobody_is_unwell(act, now)
    total_is_within_limits(now, order)
    payload = _begun(act, now, order, order_id)
    if payload.get("checked_by") == str(act.person.id):
        raise Refused("You checked this order yourself. Somebody else gives it.")
    append(act, now.session, "dose_again", payload, event_id=event_id)
    return sign_for(now.session, "dose given again", order=order.id)


def _begun(act: Act, now: Seen, order: Order, read: UUID | None) -> dict[str, object]:
    """What stands on record of a dose that begins under an order, once everything that must hold does."""
    if read is not None and order.id != read:
        raise Refused("The order has changed since this page was opened. Read it again; it stands above.")
    if no := why_not_by_licence(act, now.format.id, now.policy):
        raise Refused(no)
    weight = Kg(weight_today(now))
    by, prepared = dosing_weight(now.session.dose.course, weight), prepared_of(order)
    checked = check_dose(FORMATS[now.format.id], Mg(order.amount), by, now.policy, prepared=prepared)
    # More esketamine is counted in devices, and the label's doses are of the whole; see `total_is_within_limits`.
    if checked.blocked and not (now.format.fixed_doses and order.kind == Order.AGAIN):
        raise Refused(f"At today's weight of {weight}: {checked.limits[0].reason}")
    soft_limits_are_answered(now, order, weight, checked)
    checked_by = second_check_holds(now, order)
    return {
        "format": now.format.id,
        "mg": plain(order.amount),
        "mg_per_kg": plain(checked.mg_per_kg.rounded().value),
        "weight_kg": str(weight.value),
        "order": str(order.id),
        **({"checked_by": checked_by} if checked_by else {}),
        **({"limits": limits_kept(checked)} if checked.limits else {}),
        **({"over_min": order.over_min} if order.over_min else {}),
    }


@action("session.chart")
def check_second(act: Act, session_id: UUID, read: Read, event_id: UUID | None = None) -> tuple[Reason, ...]:
    """A second person reads drug, strength, volume, dose and pump. Returns what differs from the order.

    Both what agrees and what does not stands on record; while anything differs the dose may not start.
    """
    now = held(act, session_id, "session.chart")
    order = order_to_check(act, now)
    found = differences(read, ordered_of(order), now.format, now.policy)
    if not already(now.session, event_id, "second_check"):
        may_check(act, now)
    payload = {
        "order": str(order.id),
        "agrees": "no" if found else "yes",
        "read": {key: str(value) for key, value in asdict(read).items() if value is not None},
        **({"differs": [str(one) for one in found]} if found else {}),
    }
    append(act, now.session, "second_check", payload, event_id=event_id)
    sign_for(now.session, "second check", order=order.id, agrees=not found)
    return found


@action("session.chart")
def change_rate(act: Act, session_id: UUID, ml_per_h: Decimal, words: str, event_id: UUID | None = None) -> None:
    """Slows, pauses (0) or speeds up a running infusion, never beyond the rate that is ordered.

    Less is always allowed; more asks for everything that giving asks for.
    """
    now = held(act, session_id, "session.chart")
    if already(now.session, event_id, "rate_changed"):
        return sign_for(now.session, "rate already changed")
    if now.phase is not Phase.DOSING or now.format.id != "iv":
        raise Refused("There is no running infusion whose rate could be changed.")
    order = order_begun(now)
    prepared = prepared_of(order)
    most = prepared.rate()
    if ml_per_h < 0:
        raise Refused("A rate is 0 (paused) or more mL/h.", "ml_per_h")
    if ml_per_h and (most is None or prepared.bag is None):
        raise Refused("The order names no bag and no time, so it has no rate. Pause with 0, or stop the dose.")
    if most is not None and ml_per_h > most.rounded().value:
        raise Refused(f"Ordered is {most}. Faster than that needs a new order of a prescriber.", "ml_per_h")
    mg_per_min = ml_per_h / 60 * order.amount / prepared.bag.value if prepared.bag is not None else Decimal(0)
    if mg_per_min > rate_now(now, order):
        may_go_faster(act, now)
    payload = {"ml_per_h": plain(ml_per_h), "mg_per_min": f"{mg_per_min:.6f}", "order": str(order.id)}
    append(act, now.session, "rate_changed", payload, words=words.strip(), event_id=event_id)
    return sign_for(now.session, "rate changed")


@action("session.chart")
def not_today(act: Act, session_id: UUID, words: str, event_id: UUID | None = None) -> None:
    """Calls a session off before its dose began. The dose is still planned: it can be moved, or its course ended."""
    if len(words.strip()) < 3:
        raise Refused("Write why there is no dose today, in a few words.", "words")
    write_line(act, session_id, "cancelled", {}, words=words.strip(), event_id=event_id)


@action("session.chart")
def give_device(act: Act, session_id: UUID, event_id: UUID | None = None) -> None:
    """One more nasal device is given. Observation counts from the last one."""
    now = held(act, session_id, "session.chart")
    if not already(now.session, event_id, "device_given"):
        may_give_device(act, now)
    write_line(act, session_id, "device_given", {}, event_id=event_id)


@action("session.chart")
def end_dose(act: Act, session_id: UUID, event_id: UUID | None = None) -> None:
    """The dose is given in full."""
    now = held(act, session_id, "session.chart")
    if not already(now.session, event_id, "dose_ended"):
        may_end_dose(now)
    session, new = write_line(act, session_id, "dose_ended", {}, event_id=event_id)
    if new:
        dose_ended_within(act, session.dose.booking_id)


@action("session.chart")
def stop_dose(act: Act, session_id: UUID, words: str, event_id: UUID | None = None) -> None:
    """The dose is stopped before its end. Back to dosing only by `dose_again`."""
    if len(words.strip()) < 3:
        raise Refused("Write why the dose was stopped, in a few words.", "words")
    session, new = write_line(act, session_id, "dose_stopped", {}, words=words.strip(), event_id=event_id)
    if new:
        dose_ended_within(act, session.dose.booking_id)


@action("medicine.give")
def give_medicine(act: Act, session_id: UUID, order_id: UUID, event_id: UUID | None = None) -> None:
    """Records a medicine that was given under a valid order, and never more often than the order allows.

    Every time of that drug for this dose counts, also in a session that was called off.
    """
    now = held(act, session_id, "medicine.give")
    order = order_of(act, order_id, now.session.dose)
    if order.kind != Order.PRN:
        raise Refused("The dose itself is started on its own page, not here.", "order")
    if no := why_not_by_licence(act, order.route, now.policy):
        raise Refused(no, "order")
    drugs = [meant(str(event.payload.get("drug", ""))) for event in medicines_of(now.session.dose)]
    given = drugs.count(meant(order.drug))
    if already(now.session, event_id, "medicine_given"):
        given -= 1
    if given >= order.most_times:
        raise Refused(
            f"{order.drug} was given {given} times for this dose; the order allows {order.most_times}.", "order"
        )
    payload: dict[str, object] = {
        "order": str(order.id),
        "drug": order.drug,
        "amount": plain(order.amount),
        "unit": order.unit,
    }
    write_line(act, session_id, "medicine_given", payload, event_id=event_id)
