"""What people do in a session. Each act is one line of the record, or a refusal with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from kapstone.care.plan import FORMATS, check_dose
from kapstone.care.quantities import Instant, Kg, Mg, plain
from kapstone.care.session import NOT_YET, OBSERVED, SIGNALS, Phase, Timeout, blocks
from kapstone.clinic.ground.bookings.actions import dose_ended_within
from kapstone.clinic.ground.concerns.actions import raise_within
from kapstone.clinic.ground.concerns.models import Tier
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.queries import policy_in_force
from kapstone.clinic.plan.actions import limits_kept
from kapstone.clinic.plan.consent.actions import begin_within
from kapstone.clinic.plan.esketamine.actions import use_kit_within
from kapstone.clinic.plan.licences.queries import why_not_by_licence
from kapstone.clinic.plan.models import Order
from kapstone.clinic.plan.ordering.prn import meant
from kapstone.clinic.plan.ordering.queries import dose_order, dosing_weight, order_of, prepared_of, why_held
from kapstone.clinic.plan.queries import dose_of
from kapstone.clinic.session.guards import (
    held,
    may_be_dosed_today,
    may_end_dose,
    may_follow,
    may_give_device,
    soft_limits_are_answered,
    timeout_still_holds,
    weight_is_believed,
    weight_today,
)
from kapstone.clinic.session.models import TreatmentSession
from kapstone.clinic.session.queries import medicines_of, seen, session_for
from kapstone.clinic.session.record import already, append, head, lock_patient


@dataclass(frozen=True, slots=True)
class Reading:
    """One set of readings as a person gave it. `at` is when it was true, where that is not now."""

    values: Mapping[str, Decimal]
    at: Instant | None = None
    event_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing that a person looked at: met or not yet, in their own words."""

    what: str
    finding: str
    words: str = ""

    @property
    def payload(self) -> dict[str, str]:
        """What stands in the record beside the words."""
        return {"what": self.what, "finding": self.finding}


@action("session.arrive")
def arrive(act: Act, dose_id: UUID) -> TreatmentSession:
    """The patient is here: opens the session and pins the signed policy. Arriving twice is one arrival.

    After a session that was called off, a new one is opened.
    """
    dose = dose_of(act, dose_id)
    lock_patient(dose.course.patient_id)
    known = session_for(act, dose, "session.arrive")
    if known is None or seen(act, known).phase is Phase.CANCELLED:
        may_be_dosed_today(act, dose)
        _, version = policy_in_force(act.clinic)
        if version is None:
            raise Refused("No policy is signed yet; a medical director must sign one before any dose.")
        known = TreatmentSession.objects.create(
            id=uuid7(act.at),
            clinic=act.clinic,
            patient=dose.course.patient,
            dose=dose,
            policy=version,
            opened_at=act.at,
        )
        append(act, known, "arrived", {})
    _sign(known, "arrived")
    return known


@action("session.chart")
def pass_timeout(
    act: Act, session_id: UUID, timeout: Timeout, event_id: UUID | None = None, weight_confirmed: bool = False
) -> None:
    """Records the time-out. Anything missing blocks it, and the refusal says who can clear each."""
    now = held(act, session_id, "session.chart")
    if already(now.session, event_id, "timeout_passed"):
        return _sign(now.session, "timeout already passed")
    may_follow(now, "timeout_passed")
    weight_is_believed(now, timeout.weight_kg, weight_confirmed)
    found = blocks(timeout, now.format, now.policy, act.at)
    if found:
        raise Refused(" ".join(f"{one.reason} ({one.clears} can clear it.)" for one in found))
    payload = {
        "answers": dict(timeout.answers),
        "weight_kg": str(timeout.weight_kg),
        "sbp": str(timeout.sbp),
        "dbp": str(timeout.dbp),
        "pressure_at": timeout.pressure_at.isoformat() if timeout.pressure_at else act.at.isoformat(),
    }
    append(act, now.session, "timeout_passed", payload, event_id=event_id)
    return _sign(now.session, "timeout passed")


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
        return _sign(now.session, "dose already started")
    may_follow(now, "dose_started")
    may_be_dosed_today(act, now.session.dose)
    timeout_still_holds(now, act.at)
    order = dose_order(act, now.session.dose)
    if order is None:
        held_by = why_held(now.session.dose)
        raise Refused(held_by or "There is no signed order for today's dose; a prescriber signs it first.")
    if order_id is not None and order.id != order_id:
        raise Refused("The order has changed since this page was opened. Read it again; it stands above.")
    if no := why_not_by_licence(act, now.format.id, now.policy):
        raise Refused(no)
    weight = Kg(weight_today(now))
    by, prepared = dosing_weight(now.session.dose.course, weight), prepared_of(order)
    checked = check_dose(FORMATS[now.format.id], Mg(order.amount), by, now.policy, prepared=prepared)
    if checked.blocked:
        raise Refused(f"At today's weight of {weight}: {checked.limits[0].reason}")
    soft_limits_are_answered(now, order, weight, checked)
    payload: dict[str, object] = {
        "format": now.format.id,
        "mg": plain(order.amount),
        "mg_per_kg": plain(checked.mg_per_kg.rounded().value),
        "weight_kg": str(weight.value),
        "order": str(order.id),
        **({"limits": limits_kept(checked)} if checked.limits else {}),
        **({"over_min": order.over_min} if order.over_min else {}),
    }
    if not now.format.racemic and (kit := use_kit_within(act, now.session.dose, Mg(order.amount), kit_id)):
        payload["kit"] = str(kit.id)
    append(act, now.session, "dose_started", payload, event_id=event_id)
    begin_within(act, now.session.dose)
    return _sign(now.session, "dose started", order=order.id)


@action("session.chart")
def not_today(act: Act, session_id: UUID, words: str, event_id: UUID | None = None) -> None:
    """Calls a session off before its dose began. The dose is still planned: it can be moved, or its course ended."""
    if len(words.strip()) < 3:
        raise Refused("Write why there is no dose today, in a few words.", "words")
    _line(act, session_id, "cancelled", {}, words=words.strip(), event_id=event_id)


@action("session.chart")
def give_device(act: Act, session_id: UUID, event_id: UUID | None = None) -> None:
    """One more nasal device is given. Observation counts from the last one."""
    now = held(act, session_id, "session.chart")
    if not already(now.session, event_id, "device_given"):
        may_give_device(act, now)
    _line(act, session_id, "device_given", {}, event_id=event_id)


@action("session.chart")
def end_dose(act: Act, session_id: UUID, event_id: UUID | None = None) -> None:
    """The dose is given in full."""
    now = held(act, session_id, "session.chart")
    if not already(now.session, event_id, "dose_ended"):
        may_end_dose(now)
    session, new = _line(act, session_id, "dose_ended", {}, event_id=event_id)
    if new:
        dose_ended_within(act, session.dose.booking_id)


@action("session.chart")
def stop_dose(act: Act, session_id: UUID, words: str, event_id: UUID | None = None) -> None:
    """The dose is stopped before its end. Nothing leads back to dosing."""
    if len(words.strip()) < 3:
        raise Refused("Write why the dose was stopped, in a few words.", "words")
    session, new = _line(act, session_id, "dose_stopped", {}, words=words.strip(), event_id=event_id)
    if new:
        dose_ended_within(act, session.dose.booking_id)


@action("session.chart")
def record(act: Act, session_id: UUID, readings: Sequence[Reading]) -> None:
    """Adds one or more sets of readings; a batch is one act. An empty set is refused."""
    now = held(act, session_id, "session.chart")
    for reading in readings:
        if not reading.values:
            raise Refused("Give at least one reading; what was not measured stays blank.", "values")
        if unknown := set(reading.values) - set(SIGNALS):
            raise Refused(f"{sorted(unknown)[0]} is no signal; give one of {', '.join(SIGNALS)}.", "values")
        may_follow(now, "reading")
        payload = {"values": {key: str(value) for key, value in reading.values.items()}, "entered": "typed"}
        append(act, now.session, "reading", payload, at=reading.at, event_id=reading.event_id)
    _sign(now.session, "readings", count=len(readings))


@action("session.chart")
def mark_seen(act: Act, session_id: UUID, reminder: str, event_id: UUID | None = None) -> None:
    """Seen, watching, look again in 5 minutes."""
    _line(act, session_id, "reminder_seen", {"reminder": reminder}, event_id=event_id)


@action("medicine.give")
def give_medicine(act: Act, session_id: UUID, order_id: UUID, event_id: UUID | None = None) -> None:
    """Records a medicine that was given under a valid order, and never more often than the order allows.

    Every time of that drug for this dose counts, also in a session that was called off.
    """
    now = held(act, session_id, "medicine.give")
    order = order_of(act, order_id, now.session.dose)
    if order.kind != Order.PRN:
        raise Refused("The dose itself is started with “Start the dose”, not here.", "order")
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
    _line(act, session_id, "medicine_given", payload, event_id=event_id)


@action("session.chart")
def observe(act: Act, session_id: UUID, what: str, finding: str, words: str, event_id: UUID | None = None) -> None:
    """Writes what a person saw: met or not yet, in their own words where it is about dissociation."""
    looked = Looked(what, finding, words.strip())
    _can_be_written(looked)
    session, new = _line(act, session_id, "observation", looked.payload, words=looked.words, event_id=event_id)
    if new:
        _told_of_death(act, session, looked)


@action("session.chart")
def observe_all(act: Act, session_id: UUID, round_: Sequence[Looked]) -> None:
    """Writes what a person saw in one round, as before release; a batch is one act."""
    now = held(act, session_id, "session.chart")
    may_follow(now, "observation")
    for looked in round_:
        _can_be_written(looked)
        append(act, now.session, "observation", looked.payload, words=looked.words.strip())
        _told_of_death(act, now.session, looked)
    _sign(now.session, "observations", count=len(round_))


def _can_be_written(looked: Looked) -> None:
    if looked.what not in OBSERVED:
        raise Refused(f"Choose what you looked at: {', '.join(OBSERVED)}.", "what")
    if looked.what in ("dissociation", "ideation", "way_home") and len(looked.words.strip()) < 3:
        raise Refused(f"{OBSERVED[looked.what]}: write it in your own words.", "words")


def _told_of_death(act: Act, session: TreatmentSession, looked: Looked) -> None:
    if looked.what == "ideation" and looked.finding == NOT_YET:
        raise_within(act, session.patient, Tier.NOW, "session", "Suicidal thoughts told in the session.")


@action("session.note")
def note(act: Act, session_id: UUID, words: str, event_id: UUID | None = None) -> None:
    """A note, by anyone in the room."""
    if not words.strip():
        raise Refused("Write something, or leave the note.", "words")
    _line(act, session_id, "note", {}, words=words.strip(), event_id=event_id, verb="session.note")


@action("session.note")
def set_setting(act: Act, session_id: UUID, setting: Mapping[str, str], event_id: UUID | None = None) -> None:
    """Eye mask, music, light, blanket and how long the therapist stays."""
    if not setting:
        raise Refused("Choose at least one thing about the room, or leave it.")
    _line(act, session_id, "setting", dict(setting), event_id=event_id, verb="session.note")


@action("session.release")
def release_patient(act: Act, session_id: UUID, words: str = "", event_id: UUID | None = None) -> None:
    """Releases the patient. Refused while anything is unmet, with everything that is."""
    now = held(act, session_id, "session.release")
    may_follow(now, "released")
    if not now.release.ready:
        raise Refused("Not ready to leave. " + " ".join(str(one.reason) for one in now.release.unmet))
    append(act, now.session, "released", {}, words=words.strip(), event_id=event_id)
    _sign(now.session, "released")


def _line(
    act: Act,
    session_id: UUID,
    kind: str,
    payload: Mapping[str, object],
    *,
    words: str = "",
    event_id: UUID | None = None,
    verb: str = "session.chart",
) -> tuple[TreatmentSession, bool]:
    """Writes one line; returns the session and whether the line is new, not a second sending of the same."""
    now = held(act, session_id, verb)
    if not already(now.session, event_id, kind):
        may_follow(now, kind)
    _, new = append(act, now.session, kind, payload, words=words, event_id=event_id)
    _sign(now.session, kind)
    return now.session, new


def _sign(session: TreatmentSession, what: str, **detail: object) -> None:
    sign(what, session.patient_id, session=session.id, head=head(session), **detail)
