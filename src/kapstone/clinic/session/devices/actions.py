"""Receives what devices send, matches a device to a chair, and takes what it offers.

A message is stored as it came before anybody reads it. What cannot be read stays, refused with a sentence, and so
does a set whose clock is far from ours. Nothing that is refused or unassigned ever becomes a reading.
"""

import logging
import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant, elapsed_min
from kapstone.care.session import allowed
from kapstone.care.session.offered import Offered, Unreadable, read_hl7, read_message
from kapstone.care.session.technical import LIVELY
from kapstone.clinic.ground.concerns.notices.actions import NothingDue
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, by_program, own_action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.queries import policy_in_force
from kapstone.clinic.ground.people.secret import hashed
from kapstone.clinic.session.devices.queries import (
    last_offers,
    match_of,
    offered,
    session_for_program,
    standing,
    tray,
    wanted_by_slot,
)
from kapstone.clinic.session.lines import held, may_follow, sign_for
from kapstone.clinic.session.models import DeviceMatch, Gateway, Offer, RawInput, TreatmentSession
from kapstone.clinic.session.queries import Seen
from kapstone.clinic.session.record import append, lock, lock_clinic

LAST = 4
"""So many signs of the serial number are read off the device's label and typed."""


log = logging.getLogger(__name__)


def _read(kind: str, body: bytes, policy: Policy) -> tuple[Offered, ...]:
    """The sets of a message. Unreadable where it cannot be read."""
    repeated = timedelta(seconds=int(policy.number("session.devices.repeated_s")))
    return (read_hl7(body, repeated),) if kind == "hl7" else read_message(body)


@action("device.keep")
def make_gateway(act: Act, name: str, event_id: UUID | None = None) -> str:
    """Lets a program or a monitor send values; returns its key, which is shown once and not kept."""
    if not name.strip():
        raise Refused("Write a name for it, such as “Monitors of room 2”.", "name")
    if event_id is not None and Gateway.objects.filter(id=event_id).exists():
        raise Refused("This form was sent before, and its key was shown then. Open the page again for another.")
    key = secrets.token_urlsafe(32)
    made = Gateway.objects.create(
        id=event_id or uuid7(act.at),
        clinic=act.clinic,
        name=name.strip(),
        hash=hashed(key),
        made_at=act.at,
        made_by=act.person,
    )
    sign("gateway made", gateway=made.id)
    return key


@action("device.keep")
def end_gateway(act: Act, gateway_id: UUID) -> None:
    """It may send no more."""
    Gateway.objects.filter(clinic=act.clinic, id=gateway_id, ended_at=None).update(ended_at=act.at)
    sign("gateway ended", gateway=gateway_id)


def receive(gateway: Gateway, kind: str, body: bytes, at: Instant) -> RawInput:
    """Stores a message, then reads it. Its sets are offered where their device stands, else they wait on the tray."""
    return receive_many(gateway, kind, [body], at)[0]


def receive_many(gateway: Gateway, kind: str, bodies: Sequence[bytes], at: Instant) -> list[RawInput]:
    """Many messages at once: one transaction stores them as they came, one more what they offer."""
    raws = RawInput.objects.bulk_create(
        RawInput(id=uuid7(at), clinic=gateway.clinic, gateway=gateway, received_at=at, kind=kind, body=body)
        for body in bodies
    )
    policy, _ = policy_in_force(gateway.clinic)
    bad: list[RawInput] = []
    read: list[tuple[RawInput, Offered]] = []
    for raw in raws:
        try:
            read += [(raw, one) for one in _read(kind, bytes(raw.body), policy)]
        except Unreadable as said:
            raw.refused = str(said)[:200]
            bad.append(raw)
        except Exception:
            # A fault of ours with one message must not take the others of the same moment with it.
            log.exception("A message could not be read.")
            raw.refused = "It could not be read. Tell whoever looks after this program."
            bad.append(raw)
    devices = {one.device for _, one in read}
    stands, last = standing(gateway.clinic, at, devices), last_offers(gateway.clinic, at, devices)
    offers = []
    for raw, one in read:
        made = _offer(raw, one, stands.get(one.device), last.get(one.device), policy, at)
        offers.append(made)
        if not made.refused:
            last[one.device] = made
    with transaction.atomic():
        RawInput.objects.bulk_update(bad, ["refused"])
        Offer.objects.bulk_create(offers)
    if policy.on("session.devices.continuous"):
        for offer in offers:
            if offer.session_id is not None and not offer.refused:
                take_at_once(by_program(gateway.clinic, at), offer.id)
    return raws


def _offer(
    raw: RawInput, one: Offered, match: DeviceMatch | None, before: Offer | None, policy: Policy, at: Instant
) -> Offer:
    return Offer(
        id=uuid7(at), clinic=raw.clinic, raw=raw, device=one.device, at=at,
        measured_at=one.at or (before.measured_at if before else None), steady=_steady(one, before, at),
        values={key: str(value) for key, value in one.values.items()},
        session_id=match.session_id if match else None, refused=_why_not(one, policy, at, before),
    )  # fmt: skip


def _steady(one: Offered, before: Offer | None, at: Instant) -> dict[str, list[object]]:
    """Since when and how often the device has told each lively signal to the last digit; see `Offer.steady`."""
    found: dict[str, list[object]] = {}
    for key, value in one.values.items():
        if key in LIVELY:
            told, since, often = (before.steady if before else {}).get(key, (None, "", 0))
            same = told == str(value)
            found[key] = [str(value), since if same else at.isoformat(), often + 1 if same else 1]
    return found


def _why_not(one: Offered, policy: Policy, at: Instant, before: Offer | None) -> str:
    """Why a set is kept and not offered; empty where it is offered. `before` is what its device offered last."""
    if not one.values:
        return "None of its values is one that is used here."
    if one.at is None and policy.on("session.devices.needs_time"):
        return "Its time has no offset, so that it cannot be placed. Let the device send one."
    most = float(policy.number("session.devices.clock_apart_s"))
    if one.at is not None and abs(elapsed_min(one.at, at)) * 60 > most:
        return f"Its clock is more than {most:g} s from ours. Set the device's clock."
    newest = before.measured_at if before is not None else None
    if one.at is not None and newest is not None and one.at < newest:
        return "The device has sent newer values already; this set came late."
    return ""


@action("session.chart")
def choose_device(act: Act, session_id: UUID, device: str, typed: str) -> DeviceMatch:
    """First step: the device by the last signs on its label. Refused where it stands elsewhere, or is not heard."""
    now = held(act, session_id, "session.chart")
    may_follow(now, "device_matched")
    found = next((one for one in tray(act) if one.device == device), None)
    if found is None:
        raise Refused("This device has not been heard in the last minutes. Switch it on and look again.", "device")
    if found.match is not None and found.match.session_id != session_id:
        raise Refused("This device stands at another chair. End that match first.", "device")
    if typed.strip().casefold() != device[-LAST:].casefold():
        raise Refused(f"The last {LAST} signs of its serial number: read them off the label.", "typed")
    _end(act, now)
    made = DeviceMatch.objects.create(
        id=uuid7(act.at), clinic=act.clinic, device=device, session=now.session, chosen_at=act.at,
        chosen_by=act.person,
    )  # fmt: skip
    sign_for(now.session, "device chosen", device=device)
    return made


@action("session.chart")
def confirm_device(
    act: Act, session_id: UUID, match_id: UUID, same: bool, slots: bool, event_id: UUID | None = None
) -> None:
    """Second step: the monitor at this chair shows what the page shows. A no ends the match, whoever confirmed it."""
    now = held(act, session_id, "session.chart")
    match = match_of(session_id)
    if match is None or match.id != match_id:
        raise Refused("Another device was chosen meanwhile. Open this page again and look at the monitor.")
    if not same:
        _end(act, now)
        return sign_for(now.session, "device not matched")
    if match.confirmed_at is not None:
        return sign_for(now.session, "device already matched")
    may_follow(now, "device_matched")
    lock_clinic(act.clinic.id)
    elsewhere = standing(act.clinic, act.at, [match.device]).get(match.device)
    if elsewhere is not None and elsewhere.session_id != session_id:
        raise Refused("This device stands at another chair by now. End that match first.")
    match.confirmed_at, match.slots = act.at, slots
    match.save(update_fields=["confirmed_at", "slots"])
    payload = {"device": match.device, "slots": "yes" if slots else "no"}
    append(act, now.session, "device_matched", payload, event_id=event_id)
    return sign_for(now.session, "device matched", device=match.device)


@action("session.chart")
def end_match(act: Act, session_id: UUID) -> None:
    """The device stands here no more. Its values go to the tray from now on."""
    now = held(act, session_id, "session.chart")
    _end(act, now)
    sign_for(now.session, "device match ended")


def unconfirm_within(act: Act, session: TreatmentSession) -> None:
    """A monitor stays beside its chair when the patient moves: that it is still theirs is confirmed anew."""
    beside = DeviceMatch.objects.filter(session=session, ended_at=None, confirmed_at__isnull=False)
    for one in beside:
        append(act, session, "device_unmatched", {"device": one.device})
    beside.update(confirmed_at=None)


def _end(act: Act, now: Seen) -> None:
    """Ends what stands here; where it was confirmed the record says so."""
    match = match_of(now.session.id)
    if match is None:
        return
    if match.confirmed_at is not None and allowed(now.phase, "device_unmatched"):
        append(act, now.session, "device_unmatched", {"device": match.device})
    DeviceMatch.objects.filter(session_id=now.session.id, ended_at=None).update(ended_at=act.at)


@action("session.chart")
def take_offer(act: Act, session_id: UUID, offer_id: UUID) -> None:
    """A person takes what the device offered, as they saw it: one reading, at the moment it was received."""
    now = held(act, session_id, "session.chart")
    found = Offer.objects.select_for_update().filter(id=offer_id, session_id=session_id, refused="").first()
    if found is None:
        raise Refused("This was not offered here.")
    if found.taken is not None:
        return sign_for(now.session, "offer already taken")
    match = match_of(session_id)
    if match is None or match.confirmed_at is None or match.device != found.device:
        raise Refused("This device stands here no more. Look at the monitor and type what you read.")
    told = offered(found, now.policy, act.at)
    if told.stale:
        raise Refused("These values are no longer fresh. Look at the monitor and take the newest.")
    if not told.usable:
        raise Refused("None of these values can be true. Look at the patient and the monitor.")
    _take(act, now, found, "accepted")
    return sign_for(now.session, "offer taken")


@own_action("device.take")
def take_for_slot(act: Act, session_id: UUID) -> None:
    """A set of readings that is due takes what the device offers, where whoever matched it said so."""
    now = locked(act, session_id)
    told = wanted_by_slot(act, now)
    if told is None:
        raise NothingDue
    _take(act, now, told.offer, "slot")
    sign_for(now.session, "offer taken by a set")


@own_action("device.take")
def take_at_once(act: Act, offer_id: UUID) -> None:
    """Takes an offer as it came, where the policy's switch for it is on. Not for clinical use until cleared."""
    found = Offer.objects.get(id=offer_id, clinic=act.clinic)
    assert found.session_id is not None
    now = locked(act, found.session_id)
    if offered(found, now.policy, act.at).open:
        _take(act, now, found, "continuous")
    sign_for(now.session, "offer taken as it came")


def locked(act: Act, session_id: UUID) -> Seen:
    """The session for the program, with its row held."""
    lock(session_id)
    return session_for_program(act, session_id)


def _take(act: Act, now: Seen, found: Offer, how: str) -> None:
    may_follow(now, "reading")
    told = offered(found, now.policy, act.at)
    payload = {
        "values": {key: str(value) for key, value in told.usable.items()},
        "entered": how, "device": found.device, "offer": str(found.id),
    }  # fmt: skip
    event, _ = append(act, now.session, "reading", payload, at=Instant(found.at))
    found.taken = event.id
    found.save(update_fields=["taken"])


def forget(act: Act) -> int:
    """Raw input older than the policy's days goes, with what it offered; what was taken stands in the record."""
    days = int(policy_in_force(act.clinic)[0].number("session.devices.keep_days"))
    old = RawInput.objects.filter(clinic=act.clinic, received_at__lt=act.at - timedelta(days=days))
    return old.delete()[0]
