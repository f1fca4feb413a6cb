"""Looks up what was asked for, what came in, what waits, and what ends before a dose."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from kapstone.care.evaluation import Intake
from kapstone.care.evaluation.clearance import (
    ClearanceTest,
    Did,
    Reading,
    Standing,
    State,
    Step,
    clearance_tests,
    day_in,
)
from kapstone.care.evaluation.clearance.kind import Result
from kapstone.care.evaluation.clearance.standing import last_day
from kapstone.care.quantities import Instant
from kapstone.clinic.evaluation.models import Document, TestAsked, TestStep
from kapstone.clinic.evaluation.tested.queries import (
    IN_ORDER,
    judged_in,
    opened_text,
    orders_of,
    result_in,
    standing_now,
)
from kapstone.clinic.ground.bookings.models import BookingKind
from kapstone.clinic.ground.bookings.queries import bookings
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere
from kapstone.clinic.ground.people.keys import DataKey
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import key_of, policy_in_force
from kapstone.clinic.ground.people.who import may, visible

LOOK_AHEAD = timedelta(days=14)
"""How far ahead the board looks for doses before which a test ends."""


@dataclass(frozen=True, slots=True)
class Line:
    """One step, with what was written opened."""

    step: TestStep
    words: str
    value: str = ""
    judged: str = ""
    document: Document | None = None
    name: str = ""

    @property
    def reading(self) -> str:
        """What the reader said of the result, in words."""
        return Reading(self.step.verdict).words if self.step.verdict else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A test that was asked for, with its steps."""

    asked: TestAsked
    why: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """How one test stands, with its lines. `shown` is the result that waits, or else the one that counts."""

    standing: Standing
    orders: tuple[Asked, ...]
    shown: Line | None
    read: Line | None

    @property
    def newest(self) -> Asked | None:
        """The newest asking."""
        return self.orders[0] if self.orders else None


@dataclass(frozen=True, slots=True)
class Seen:
    """One result before it is read. `latest` is the last day on which it can count; `too_old` where that is over."""

    test: ClearanceTest
    line: Line
    values: Result
    latest: date
    too_old: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A document as it is handed out."""

    name: str
    kind: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Ending:
    """A patient whose next dose comes after the last day of some results."""

    patient: Patient
    dose_on: date
    tests: tuple[str, ...]


def next_dose(act: Act, patient: Patient) -> date | None:
    """The day of the next dose that is booked, on the clinic's calendar."""
    coming = bookings(act, patient.id).filter(kind=BookingKind.DOSING, starts_at__gt=act.at).first()
    return day_in(Instant(coming.starts_at), act.clinic.zone) if coming else None


def standing_of(act: Act, patient: Patient, test: ClearanceTest, intake: Intake | None = None) -> Standing:
    """How one test stands now. Without the intake, whether it is needed is not known."""
    policy, _ = policy_in_force(act.clinic)
    orders = orders_of(visible(act, TestAsked).filter(patient=patient, test=test.id))
    return standing_now(act, test, orders, policy, intake or Intake(), next_dose(act, patient))


def cards(act: Act, patient: Patient, intake: Intake) -> list[Card]:
    """Every test with how it stands and all its steps, in the order of the page."""
    policy, _ = policy_in_force(act.clinic)
    dose, key = next_dose(act, patient), key_of(patient)
    asked = list(visible(act, TestAsked).filter(patient=patient).select_related("by").order_by("-at", "-id"))
    orders, lines = orders_of(asked), _lines(act, patient, key)
    found = []
    for test in clearance_tests().values():
        mine = tuple(
            Asked(one, opened_text(key, one.why_sealed, f"test/why/{one.id}"), tuple(lines[one.id]))
            for one in asked
            if one.test == test.id
        )
        now = standing_now(act, test, orders, policy, intake, dose)
        by_id = {str(line.step.id): line for one in mine for line in one.lines}
        result = now.waiting or now.counting
        shown = by_id[result.id] if result else None
        read = by_id[now.reading.id] if now.reading and not now.waiting else None
        found.append(Card(now, mine, shown, read))
    return found


def waiting_result(act: Act, patient: Patient, result_id: UUID) -> Seen:
    """A result as its reader sees it. NotThere for what is none of this patient's."""
    step, key = result_of(act, patient, result_id), key_of(patient)
    test = clearance_tests()[step.asked.test]
    policy, _ = policy_in_force(act.clinic)
    received = Step(id=str(step.id), did=Did.RECEIVED, at=Instant(step.at), taken_on=step.taken_on)
    latest = last_day(test, received, None, policy)
    return Seen(test, _line(step, key), result_in(test, step, key), latest, latest < day_in(act.at, act.clinic.zone))


def result_of(act: Act, patient: Patient, step_id: UUID) -> TestStep:
    """One result that came in for this patient. NotThere for any other."""
    found = visible(act, TestStep).filter(id=step_id, asked__patient=patient, kind=Did.RECEIVED)
    step = found.select_related("asked", "by", "document").defer("document__body_sealed").first()
    if step is None:
        raise NotThere("No such result.")
    return step


def asked_of(act: Act, patient: Patient, asked_id: UUID) -> TestAsked:
    """One asking on this patient. NotThere for any other."""
    found = visible(act, TestAsked).filter(id=asked_id, patient=patient).first()
    if found is None:
        raise NotThere("No such test.")
    return found


def kind_named(test_id: str) -> ClearanceTest:
    """A kind of test. NotThere for an unknown one."""
    if test_id not in clearance_tests():
        raise NotThere("No such test.")
    return clearance_tests()[test_id]


def document_of(act: Act, patient: Patient, document_id: UUID) -> Opened:
    """A document of this patient, opened. NotThere for any other; CannotOpen for one that was damaged or moved."""
    found = visible(act, Document).filter(id=document_id, patient=patient).first()
    if found is None:
        raise NotThere("No such document.")
    key = key_of(patient)
    body = key.open_bytes(found.body_sealed, f"document/body/{found.id}")
    if hashlib.sha256(body).hexdigest() != found.sha256:
        raise NotThere("The document is not the one that was uploaded.")
    return Opened(key.open(found.name_sealed, f"document/name/{found.id}"), found.kind, body)


def unread_results(act: Act) -> list[TestStep]:
    """Results that came in and that nobody has read, oldest first."""
    steps = visible(act, TestStep)
    settled = steps.exclude(about=None).values("about")
    found = steps.filter(kind=Did.RECEIVED).exclude(id__in=settled)
    return list(found.select_related("asked__patient").defer("value_sealed").order_by("at", "id"))


def ending_before_dose(act: Act) -> list[Ending]:
    """Patients whose next dose, in the next days, comes after the last day of a result that was read."""
    if not may(act, "clearance.see"):
        return []
    policy, _ = policy_in_force(act.clinic)
    coming = bookings(act).filter(kind=BookingKind.DOSING, starts_at__gt=act.at, starts_at__lte=act.at + LOOK_AHEAD)
    doses: dict[UUID, tuple[Patient, date]] = {}
    for one in coming:
        doses.setdefault(one.patient_id, (one.patient, day_in(Instant(one.starts_at), act.clinic.zone)))
    asked: dict[UUID, list[TestAsked]] = defaultdict(list)
    for each in visible(act, TestAsked).filter(patient__in=doses):
        asked[each.patient_id].append(each)
    orders = orders_of([one for many in asked.values() for one in many])
    found = []
    for patient_id, (patient, day) in doses.items():
        mine = {one.id: orders[one.id] for one in asked[patient_id]}
        tests = tuple(
            test.name
            for test in clearance_tests().values()
            if _ends(standing_now(act, test, mine, policy, Intake(), day))
        )
        if tests:
            found.append(Ending(patient, day, tests))
    return found


def _ends(now: Standing) -> bool:
    return now.state in (State.READ, State.EXPIRED) and now.lasts is False


def _lines(act: Act, patient: Patient, key: DataKey) -> dict[UUID, list[Line]]:
    rows = visible(act, TestStep).filter(asked__patient=patient).select_related("by", "asked", "document")
    found: dict[UUID, list[Line]] = defaultdict(list)
    for row in rows.defer("document__body_sealed").order_by(*IN_ORDER):
        found[row.asked_id].append(_line(row, key))
    return found


def _line(step: TestStep, key: DataKey) -> Line:
    test = clearance_tests()[step.asked.test]
    words = opened_text(key, step.words_sealed, f"teststep/words/{step.id}")
    if step.kind == Did.RECEIVED:
        paper = step.document
        name = key.open(paper.name_sealed, f"document/name/{paper.id}") if paper else ""
        return Line(step, words, test.says(result_in(test, step, key)), "", paper, name)
    answers = judged_in(test, step, key)
    judged = "; ".join(f"{one.words} {dict(one.options)[str(answers[one.name])]}" for one in test.judged if answers)
    return Line(step, words, "", judged)
