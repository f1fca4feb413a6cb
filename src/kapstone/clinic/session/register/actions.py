"""Writes the drug register. Every line has who wrote it and, where the policy asks, who watched; none is changed."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from kapstone.care.quantities import Instant, plain
from kapstone.care.quantities.moments import instant
from kapstone.care.session.event import GENESIS, link
from kapstone.care.session.register import (
    Entry,
    Kind,
    Made,
    Shape,
    Use,
    why_not_draw,
    why_not_return,
    why_not_witness,
)
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import policy_in_force
from kapstone.clinic.ground.people.who import may, visible
from kapstone.clinic.session.models import DrugContainer, RegisterLine
from kapstone.clinic.session.queries import session_of
from kapstone.clinic.session.record import lock_clinic
from kapstone.clinic.session.register.chain import from_bytes, to_bytes
from kapstone.clinic.session.register.queries import NAMES, Here, container_of, ingredient, register

MOST_AT_ONCE = 200
LEAST_WORDS = 10


@dataclass(frozen=True, slots=True)
class Arrived:
    """Containers that came together, alike by their labels. `held` is what is in each, None where the label holds;
    `opened_on` what stands on an open vial."""

    drug: str
    shape: Shape
    strength: Decimal
    size: Decimal
    ndc: str
    lot: str
    expiry: date
    schedule: str
    how_many: int
    multi_dose: bool = False
    patient_id: UUID | None = None
    held: Decimal | None = None
    opened_on: date | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """What every line may carry: a remark, who watched, and the id of the form, so that sent twice it is one line."""

    words: str = ""
    witness: Act | None = None
    event_id: UUID | None = None


NOTHING = Signed()


@action("register.keep")
def receive(act: Act, arrived: Arrived, signed: Signed = NOTHING, opening: bool = False) -> list[Here]:
    """Writes containers into the register, each with a number: as received, or in the opening inventory."""
    lock_clinic(act.clinic.id)
    kind = Kind.OPENING if opening else Kind.RECEIVED
    patient = _patient(act, arrived.patient_id)
    label = _label(arrived, patient)
    known = _sent(act, signed, kind, counted=arrived.held, label=label)
    if known is not None:
        return _batch(act, known)
    _labelled(act, arrived, opening)
    last = DrugContainer.objects.filter(clinic=act.clinic).order_by("-number").first()
    first = last.number + 1 if last else 1
    rows, opened = list[DrugContainer](), _opened(act, arrived)
    for number in range(first, first + arrived.how_many):
        row = DrugContainer.objects.create(
            id=uuid7(act.at), clinic=act.clinic, number=number, drug=arrived.drug, shape=arrived.shape.value,
            strength=arrived.strength, size=arrived.size, ndc=arrived.ndc.strip(), lot=arrived.lot.strip(),
            expiry=arrived.expiry, schedule=arrived.schedule, multi_dose=arrived.multi_dose, patient=patient,
        )  # fmt: skip
        came = {"counted": arrived.held, "opened": opened, "label": label}
        _write(act, row, kind, signed, needed=False, first=not rows, **came)
        rows.append(row)
    found = register(act)
    return [container_of(act, one.id, found=found) for one in rows]


@action("register.use")
def draw(act: Act, container_id: UUID, session_id: UUID, use: Use, signed: Signed = NOTHING) -> None:
    """Draws from a container for one session: drawn = given + wasted + put back unopened, waste before a witness."""
    lock_clinic(act.clinic.id)
    parts: dict[str, Any] = {
        "drawn": use.drawn, "given": use.given, "wasted": use.wasted, "returned": use.returned,
        "session": str(session_id),
    }  # fmt: skip
    if _sent(act, signed, Kind.DRAWN, container=str(container_id), **parts) is not None:
        return
    here = container_of(act, container_id, "register.use")
    now = session_of(act, session_id)
    use = replace(use, patient=str(now.session.patient_id), session=str(session_id))
    policy, _ = policy_in_force(act.clinic)
    found = why_not_draw(here.held, use, policy, act.at, act.clinic.zone)
    if found:
        raise Refused(" ".join(str(one) for one in found))
    drawn, own = ingredient(here.row.drug), ingredient(now.format.drug)
    if drawn in NAMES and drawn != own:
        raise Refused(f"This session is given {own}, and the container holds {drawn}.", "session")
    needed = use.wasted > 0 and policy.on("session.register.witness_waste")
    _write(act, here.row, Kind.DRAWN, signed, needed=needed, **parts)


@action("register.use")
def waste(act: Act, container_id: UUID, amount: Decimal, signed: Signed) -> None:
    """Wastes what is in a container, or a part: expired, broken, opened and not given. Before a witness.

    A vial with nothing left by the register is thrown away with an amount of 0.
    """
    lock_clinic(act.clinic.id)
    if _sent(act, signed, Kind.WASTED, container=str(container_id), wasted=amount) is not None:
        return
    here = container_of(act, container_id, "register.use")
    if len(signed.words.strip()) < 3:
        raise Refused("Write why it is wasted, in a few words.", "words")
    left = max(here.held.balance, Decimal(0))
    if amount > left or (amount <= 0 < left) or amount < 0:
        raise Refused(f"{plain(here.held.balance)} {here.unit} are in it by the register.", "amount")
    needed = policy_in_force(act.clinic)[0].on("session.register.witness_waste")
    _write(act, here.row, Kind.WASTED, signed, needed=needed, wasted=amount)


@action("register.keep")
def send_back(act: Act, container_id: UUID, amount: Decimal, signed: Signed) -> None:
    """Sends unopened units back, to whoever may take them."""
    lock_clinic(act.clinic.id)
    if _sent(act, signed, Kind.RETURNED, container=str(container_id), returned=amount) is not None:
        return
    here = container_of(act, container_id, "register.keep")
    found = why_not_return(here.held, amount)
    if found:
        raise Refused(" ".join(str(one) for one in found), "amount")
    if len(signed.words.strip()) < 3:
        raise Refused("Write to whom it goes.", "words")
    _write(act, here.row, Kind.RETURNED, signed, needed=False, returned=amount)


@action("register.keep")
def count(act: Act, counted: dict[UUID, Decimal], signed: Signed = NOTHING, inventory: bool = False) -> int:
    """Counts containers; a batch is one act. Returns how many differ from the register. An inventory counts all."""
    lock_clinic(act.clinic.id)
    if not counted:
        raise Refused("Count at least one container.")
    first, outcome = next(iter(counted)), "inventory" if inventory else ""
    known = _sent(act, signed, Kind.COUNTED, container=str(first), counted=counted[first], outcome=outcome)
    found = register(act)
    if known is not None:
        return sum(one.entry.at == known.at and one.entry.by == known.by for one in found.open.values())
    left = {key for key, one in found.containers.items() if not one.gone} - {str(one) for one in counted}
    if inventory and left:
        raise Refused(f"An inventory counts every container; {len(left)} are not counted yet.")
    needed = policy_in_force(act.clinic)[0].on("session.register.witness_count")
    differ = 0
    for number, (container_id, amount) in enumerate(counted.items()):
        here = container_of(act, container_id, "register.keep", found)
        if amount < 0:
            raise Refused(f"Container {here.row.number}: write what is there, 0 or more.")
        differ += amount != here.held.balance
        _write(act, here.row, Kind.COUNTED, signed, needed=needed, first=number == 0, counted=amount, outcome=outcome)
    return differ


OUTCOMES = {
    "overfill": "The vial held more than its label says",
    "mistake": "The count was wrong; the register is right",
    "found": "An earlier line was wrong or missing; nothing is lost",
    "lost": "Lost: it cannot be found",
    "stolen": "Stolen, or it may be",
}


@action("register.keep")
def explain(act: Act, line_id: str, outcome: str, signed: Signed) -> None:
    """Explains a difference, before a witness. What is lost or stolen needs a report; the overview has its sheet."""
    lock_clinic(act.clinic.id)
    if _sent(act, signed, Kind.EXPLAINED, about=line_id, outcome=outcome) is not None:
        return
    difference = register(act).open.get(line_id)
    if difference is None:
        raise Refused("This difference is explained already, or there is none.")
    if outcome not in OUTCOMES:
        raise Refused("Choose what explains it.", "outcome")
    if len(signed.words.strip()) < LEAST_WORDS:
        raise Refused("Write what was found out, in a sentence.", "words")
    if outcome == "overfill" and difference.amount < 0:
        raise Refused("Overfill explains more than expected; here something is missing.", "outcome")
    if outcome == "overfill" and difference.container.made.shape.whole:
        raise Refused("Only a vial can hold more than its label says.", "outcome")
    if outcome in ("lost", "stolen") and difference.amount > 0:
        raise Refused("Here there is more than expected; nothing is lost.", "outcome")
    here = container_of(act, UUID(difference.container.id), "register.keep")
    _write(act, here.row, Kind.EXPLAINED, signed, needed=True, about=line_id, outcome=outcome)


def _sent(act: Act, signed: Signed, kind: Kind, **told: object) -> Entry | None:
    """The line of this form, where it was saved before. Refused where the form then said something else."""
    if signed.event_id is None:
        return None
    row = RegisterLine.objects.filter(clinic=act.clinic, id=signed.event_id).first()
    if row is None:
        return None
    known = from_bytes(bytes(row.stored))
    same = known.kind is kind and known.words == signed.words.strip()
    if not same or any(getattr(known, name) != value for name, value in told.items()):
        raise Refused("This form was already saved with other values. Open the page again and check the register.")
    sign("register line already there", line=signed.event_id)
    return known


def _batch(act: Act, first: Entry) -> list[Here]:
    """The containers that came with this line, in one form."""
    found = register(act)
    lines = [
        one.entry
        for one in found.lines
        if (one.entry.kind, one.entry.at, one.entry.by) == (first.kind, first.at, first.by)
    ]
    return [container_of(act, UUID(one.container), found=found) for one in lines]


def _label(arrived: Arrived, patient: Patient | None) -> str:
    """What was read off each of them, as the chain holds it."""
    made = Made(
        arrived.drug, arrived.shape, arrived.strength, arrived.size, arrived.ndc.strip(), arrived.lot.strip(),
        arrived.expiry, arrived.schedule, arrived.multi_dose, str(patient.id) if patient else "",
    )  # fmt: skip
    return made.label


def _labelled(act: Act, arrived: Arrived, opening: bool) -> None:
    """Refuses a label that cannot be one."""
    if not 1 <= arrived.how_many <= MOST_AT_ONCE:
        raise Refused(f"How many: from 1 to {MOST_AT_ONCE} at once.", "how_many")
    if arrived.strength <= 0 or arrived.size <= 0:
        raise Refused("Strength and size are more than 0.", "strength")
    if not arrived.ndc.strip() or not arrived.lot.strip():
        raise Refused("NDC and lot are read off the label; write both.", "lot" if arrived.ndc.strip() else "ndc")
    if not opening and arrived.expiry < act.at.astimezone(act.clinic.zone).date():
        raise Refused("It has expired. It is not received; send it back, or write it as waste elsewhere.", "expiry")
    if arrived.shape.whole and arrived.size != arrived.size.to_integral_value():
        raise Refused(f"{arrived.shape.unit.capitalize()} are counted in whole pieces.", "size")
    _held(act, arrived)


def _held(act: Act, arrived: Arrived) -> None:
    """Refuses a content that its container cannot have, and an open vial without the day on which it was opened."""
    if arrived.held is None:
        if arrived.opened_on is not None:
            raise Refused("Write what is in it now: it was opened.", "held")
        return
    vial = arrived.shape is Shape.VIAL
    more = policy_in_force(act.clinic)[0].number("session.register.overfill_percent") if vial else Decimal(0)
    most = arrived.size * (1 + more / 100)
    if not 0 <= arrived.held <= most:
        raise Refused(f"Content now: from 0 to {plain(most)} {arrived.shape.unit} by the label.", "held")
    if arrived.shape.whole and arrived.held != arrived.held.to_integral_value():
        raise Refused(f"{arrived.shape.unit.capitalize()} are counted in whole pieces.", "held")
    if vial and arrived.opened_on is None:
        raise Refused("Opened on: read it off the vial. An open vial is used for a number of days only.", "opened_on")
    if arrived.opened_on is not None and arrived.opened_on > act.at.astimezone(act.clinic.zone).date():
        raise Refused("Opened on: this day has not come yet.", "opened_on")


def _opened(act: Act, arrived: Arrived) -> Instant | None:
    """Noon of the day on which it was opened: any moment of that day would do."""
    if arrived.opened_on is None:
        return None
    return instant(datetime.combine(arrived.opened_on, time(12), tzinfo=act.clinic.zone))


def _patient(act: Act, patient_id: UUID | None) -> Patient | None:
    if patient_id is None:
        return None
    found = visible(act, Patient).filter(id=patient_id).first()
    if found is None:
        raise Refused("Choose a patient of this clinic.", "patient")
    return found


def _witnessed(act: Act, witness: Act | None, needed: bool) -> str:
    """The witness's id. Refused where one is needed and none watched, and for oneself always."""
    seen_by = str(witness.person.id) if witness is not None else ""
    found = why_not_witness(str(act.person.id), seen_by, needed)
    if found:
        raise Refused(str(found[0]), "colleague")
    if witness is not None and not may(witness, "register.witness"):
        raise Refused("A witness is a nurse, a prescriber, a medical director or a clinic lead.", "colleague")
    return seen_by


def _write(
    act: Act, row: DrugContainer, kind: Kind, signed: Signed, *, needed: bool, first: bool = True, **told: Any
) -> None:
    """Adds one line to the chain. Of a batch, the `first` line has the form's id."""
    witness = _witnessed(act, signed.witness, needed)
    identity = signed.event_id if first and signed.event_id else uuid7(act.at)
    entry = Entry(
        str(identity), kind, str(row.id), act.at, str(act.person.id), witness, words=signed.words.strip(), **told
    )
    last = RegisterLine.objects.filter(clinic=act.clinic).order_by("-position").first()
    position, previous = (last.position + 1, last.hash) if last else (1, GENESIS)
    stored = to_bytes(entry)
    made = RegisterLine.objects.create(
        id=identity, clinic=act.clinic, position=position, container=row,
        session_id=UUID(entry.session) if entry.session else None, at=act.at, by=act.person,
        witness=signed.witness.person if signed.witness else None,
        stored=stored, previous=previous, hash=link(previous, position, stored),
    )  # fmt: skip
    patients = [made.session.patient_id] if made.session else []
    sign(f"register {kind}", *patients, line=made.id, container=row.id, register_head=made.hash)
