"""Reads the register: what is here, each line with its running balance, what differs, what is due."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from kapstone.care.quantities import Instant, decimal_from
from kapstone.care.session import Phase
from kapstone.care.session.given import given_dose
from kapstone.care.session.register import KINDS, Container, Kind, Made, Shape, Stock, stock
from kapstone.care.session.register.stock import Difference, Lined
from kapstone.clinic.ground.ledger.queries import last_register_heads
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere
from kapstone.clinic.ground.people.models import Clinic, Patient
from kapstone.clinic.ground.people.queries import names_of, policy_in_force
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.session.models import DrugContainer, RegisterLine, TreatmentSession
from kapstone.clinic.session.queries import Seen, glanced, seen
from kapstone.clinic.session.record import first_bad_of
from kapstone.clinic.session.register.chain import from_bytes


@dataclass(frozen=True, slots=True)
class Here:
    """One container: its row, what the register says of it, and why it may be used no more, if so."""

    row: DrugContainer
    held: Container
    why_not: str = ""

    @property
    def unit(self) -> str:
        """What its content is counted in."""
        return self.held.made.shape.unit


def made_of(row: DrugContainer) -> Made:
    """A container as the rules read it."""
    patient = str(row.patient_id) if row.patient_id else ""
    return Made(
        row.drug, Shape(row.shape), row.strength, row.size, row.ndc, row.lot, row.expiry, row.schedule,
        row.multi_dose, patient,
    )  # fmt: skip


def register(act: Act) -> Stock:
    """The whole register of this clinic."""
    return _stock(act.clinic)


def _stock(clinic: Clinic) -> Stock:
    made = {str(one.id): made_of(one) for one in DrugContainer.objects.filter(clinic=clinic)}
    lines = RegisterLine.objects.filter(clinic=clinic).order_by("position")
    return stock((from_bytes(bytes(one.stored)) for one in lines.iterator()), made)


def containers(act: Act, found: Stock | None = None) -> list[Here]:
    """Every container that is not empty or gone, the one that expires first above."""
    held = (found or register(act)).containers
    rows = visible(act, DrugContainer).select_related("patient").order_by("expiry", "number")
    here = [Here(row, held[str(row.id)]) for row in rows if str(row.id) in held]
    return [Here(one.row, one.held, why_not_use(act, one.held)) for one in here if not one.held.gone]


def why_not_use(act: Act, held: Container) -> str:
    """Why a container may not be used any more; empty where it may."""
    today = act.at.astimezone(act.clinic.zone).date()
    if today > held.made.expiry:
        return "expired"
    if held.opened is not None and held.made.shape is Shape.VIAL:
        opened = held.opened.astimezone(act.clinic.zone).date()
        days = int(policy_in_force(act.clinic)[0].number("session.register.opened_days"))
        if held.made.multi_dose and today > opened + timedelta(days=days):
            return f"opened more than {days} days ago"
    return "nothing left by the register" if held.balance <= 0 else ""


def container_of(act: Act, container_id: UUID, verb: str = "", found: Stock | None = None) -> Here:
    """One container. NotThere when it is not of this clinic. `found` is the register, where it was read already."""
    row = visible(act, DrugContainer, verb).filter(id=container_id).select_related("patient").first()
    held = (found or register(act)).containers.get(str(container_id))
    if row is None or held is None:
        raise NotThere("No such container.")
    return Here(row, held, why_not_use(act, held))


@dataclass(frozen=True, slots=True)
class Row:
    """One line as the page shows it."""

    at: Instant
    number: int
    label: str
    what: str
    patient: str
    who: str
    witness: str
    change: str
    balance: str
    words: str


def rows(act: Act, found: Stock | None = None) -> list[Row]:
    """Every line, newest first, with the running balance of its container."""
    every = (found or register(act)).lines
    known = {str(one.id): one for one in visible(act, DrugContainer).select_related("patient")}
    people = names_of({UUID(who) for one in every for who in (one.entry.by, one.entry.witness) if who})
    patients = {str(one.id): one.patient for one in _drawn_for(act).select_related("patient")}
    return [_row(one, known[one.entry.container], people, patients) for one in reversed(every)]


def patients_of_lines(act: Act) -> list[UUID]:
    """Whose names stand on the page of all lines."""
    return list(_drawn_for(act).order_by().values_list("patient_id", flat=True).distinct())


def _drawn_for(act: Act) -> QuerySet[TreatmentSession]:
    """The sessions for which something was drawn, each once."""
    return visible(act, TreatmentSession, "register.see").filter(register_lines__isnull=False).distinct()


def _row(one: Lined, container: DrugContainer, people: Mapping[UUID, str], patients: Mapping[str, Patient]) -> Row:
    entry, made = one.entry, made_of(container)
    witness = people.get(UUID(entry.witness), "") if entry.witness else ""
    whose = patients.get(entry.session) or container.patient
    return Row(
        entry.at, container.number, f"{made.drug} {made.concentration}, lot {made.lot}, NDC {made.ndc}",
        KINDS[entry.kind], f"{whose.name}, record {whose.number}" if whose else "",
        people.get(UUID(entry.by), ""), witness,
        _change(one, made.shape.unit), f"{_amount(one.balance)} {made.shape.unit}", entry.words,
    )  # fmt: skip


def _change(one: Lined, unit: str) -> str:
    entry = one.entry
    told = {
        "drawn": (entry.drawn, f"drawn {_amount(entry.drawn)}"),
        "given": (entry.given, f"given {_amount(entry.given)}"),
        "wasted": (entry.wasted, f"wasted {_amount(entry.wasted)}"),
        "returned": (entry.returned, f"sent or put back {_amount(entry.returned)}"),
    }
    said = ", ".join(words for amount, words in told.values() if amount)
    if entry.counted is not None:
        said = f"found {_amount(entry.counted)}"
    outcome = {"inventory": "inventory"}.get(entry.outcome, entry.outcome)
    return ", ".join(part for part in (f"{said} {unit}" if said else "", outcome) if part)


def _amount(value: Decimal) -> str:
    return f"{value.normalize():f}"


def differences(act: Act, found: Stock | None = None) -> list[tuple[Difference, int]]:
    """Each difference that nobody has explained, with the number of its container."""
    numbers = {str(one.id): one.number for one in visible(act, DrugContainer)}
    return [(one, numbers.get(one.container.id, 0)) for one in (found or register(act)).open.values()]


def inventory_due(act: Act, found: Stock) -> Instant | None:
    """When the next full inventory is due; None where none was ever taken, which is due now."""
    if not found.inventories:
        return None
    days = policy_in_force(act.clinic)[0].number("session.register.inventory_every_days")
    return Instant(max(found.inventories) + timedelta(days=int(days)))


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A session whose record and register say different amounts of a drug, in mg."""

    now: Seen
    drug: str
    record: Decimal
    register: Decimal


LOOK_BACK = timedelta(days=14)
"""So long a session whose amounts differ stands beside the register."""


def unmatched(act: Act, found: Stock) -> list[Unmatched]:
    """Sessions of the last two weeks whose record has more or less of a drug as given than the register has for them.

    Looked at are the session's own drug, once its dose has ended, and every other that the register knows: a medicine
    of the record that is not in the register, and one in the register that no record has, also where a session was
    called off."""
    used: dict[tuple[str, str], Decimal] = {}
    for one in found.lines:
        made = found.containers[one.entry.container].made
        if one.entry.session:
            key = (one.entry.session, ingredient(made.drug))
            used[key] = used.get(key, Decimal(0)) + one.entry.given * made.strength
    kept = {ingredient(one.made.drug) for one in found.containers.values()}
    rows = visible(act, TreatmentSession, "session.see").filter(opened_at__gt=act.at - LOOK_BACK)
    most, every = policy_in_force(act.clinic)[0].number("session.register.match_mg"), list[Unmatched]()
    for now in glanced(act, rows.filter(opened_at__lte=act.at)):
        if now.phase is Phase.DOSING or not (now.state.doses or now.phase.over):
            continue  # what is given is not known yet
        session, record = str(now.session.id), _amounts_in_record(now, kept)
        for drug in dict.fromkeys([*record, *(drug for key, drug in used if key == session)]):
            pair = record.get(drug, Decimal(0)), used.get((session, drug), Decimal(0))
            if abs(pair[0] - pair[1]) > most:
                every.append(Unmatched(now, drug, *pair))
    return every


def _amounts_in_record(now: Seen, kept: Collection[str]) -> dict[str, Decimal]:
    """Milligrams of each drug that the record says was given: its own, and medicines that the register keeps."""
    found = {ingredient(now.format.drug): in_record(now)} if now.state.doses else {}
    for event in now.state.medicines:
        drug = ingredient(str(event.payload.get("drug", "")))
        if drug in kept and event.payload.get("unit") == "mg":
            found[drug] = found.get(drug, Decimal(0)) + decimal_from(event.payload["amount"])
    return found


def drawable(act: Act) -> list[Seen]:
    """Sessions for which something may have been drawn: of the last two days, with a dose or about to have one."""
    since = act.at - timedelta(days=2)
    rows = visible(act, TreatmentSession, "session.see").filter(opened_at__gt=since, opened_at__lte=act.at)
    rows = rows.select_related("patient", "policy", "dose__course").order_by("-opened_at", "-id")
    every = [seen(act, one) for one in rows]
    return [now for now in every if now.state.doses or not now.phase.over]


NAMES = {
    "esketamine": ("esketamine", "spravato", "(s)-ketamine", "s-ketamine"),
    "ketamine": ("ketamine", "ketalar"),
}
"""What labels call the two, the longer names first: what is no esketamine and says ketamine is racemic."""


def ingredient(drug: str) -> str:
    """What is in a drug by the name on its label; the first word of any that is neither ketamine nor esketamine."""
    said = drug.casefold()
    known = next((one for one, names in NAMES.items() if any(name in said for name in names)), "")
    return known or (said.split()[0].strip(",;") if said.split() else "")


def in_record(now: Seen) -> Decimal:
    """Milligrams of the session's own drug as its record has them; what was stopped counts as far as it went."""
    given = given_dose(now.state, now.format)
    parts = given.regimen.parts if given is not None and given.regimen is not None else ()
    return Decimal(str(round(sum(part.mg for part in parts), 1)))


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What was wasted out of stock, not left over from a patient's dose."""

    row: DrugContainer
    at: Instant
    amount: Decimal
    unit: str
    by: str
    witness: str
    words: str


def destroyed(act: Act) -> list[Destroyed]:
    """Every waste of stock, newest first. What is left over from a dose is waste of that dose and stands with it."""
    found = [one.entry for one in reversed(register(act).lines) if one.entry.kind is Kind.WASTED]
    by_id = {str(one.id): one for one in visible(act, DrugContainer)}
    people = names_of({UUID(who) for one in found for who in (one.by, one.witness) if who})
    return [
        Destroyed(
            by_id[one.container],
            one.at,
            one.wasted,
            Shape(by_id[one.container].shape).unit,
            people.get(UUID(one.by), ""),
            people.get(UUID(one.witness), "") if one.witness else "",
            one.words,
        )
        for one in found
    ]


def broken_lines() -> Iterator[str]:
    """What of each clinic's register does not hold, in words: a line that does not follow from the one before, a
    container whose label is another than was written as it came, an end that is not where the ledger says."""
    told, ends = last_register_heads(), dict[UUID, str]()
    for clinic_id in RegisterLine.objects.order_by().values_list("clinic", flat=True).distinct():
        lines = RegisterLine.objects.filter(clinic_id=clinic_id).order_by("position")
        wrong = first_bad_of(lines)
        if wrong is not None:
            yield f"drug register of clinic {clinic_id}, line {wrong}"
            return
        for line in lines.select_related("container").iterator():
            ends[clinic_id] = line.hash
            label = from_bytes(bytes(line.stored)).label
            if label and label != made_of(line.container).label:
                yield f"drug register of clinic {clinic_id}, label of container {line.container.number}"
    for clinic_id in told.keys() | ends.keys():
        if told.get(clinic_id) != ends.get(clinic_id):
            yield f"drug register of clinic {clinic_id}: its newest line is not the one that the ledger names"
