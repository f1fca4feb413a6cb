"""One dose day: the order is signed, the patient arrives, is asked, dosed, measured, looked at and released."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from kapstone.care.plan import FORMATS
from kapstone.care.plan.touch import Touch
from kapstone.care.quantities import Instant, minutes
from kapstone.care.session import MET, NOT_YET, OBSERVED, Timeout, questions
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.queries import patient_of
from kapstone.clinic.plan.money.actions import take_payment
from kapstone.clinic.plan.ordering.actions import sign_orders
from kapstone.clinic.plan.ordering.prn import Prn
from kapstone.clinic.plan.touch.actions import agree_to_touch
from kapstone.clinic.session import actions
from kapstone.clinic.session.actions import Looked, Reading
from kapstone.clinic.session.going_home.actions import name_companion
from kapstone.clinic.session.going_home.queries import companion_of

from . import words
from .checking import check_as_ordered
from .days import Process
from .patients import Live
from .stock import write_off
from .supplying import ESKETAMINE, mg_of, unpack
from .vitals import REMINDER, Happening, Set, readings
from .world import Case, World

ONDANSETRON = Prn("ondansetron", Decimal(4), "mg", "nausea or vomiting", 1, "prn_mouth")
"""An example of how an order is written down, not advice."""

BEGUN_BEFORE = {Live.DOSING: 35, Live.OBSERVING: 70}
"""Minutes before the anchor at which the dose of today's sessions began, where opening hours allow it."""


class Step(NamedTuple):
    """Something that a person does so many minutes after clock zero."""

    minute: float
    who: str
    do: Callable[[Act], object]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session as it will go."""

    id: UUID
    case: Case
    zero: Instant
    prn: UUID
    given_min: int
    observe_min: int
    sets: dict[int, Set]
    happening: Happening | None
    at_once: bool
    devices: int


def dose_day(world: World, case: Case, dose_id: UUID, number: int, booked: Instant, *, main: bool) -> Process:
    """Everything that people do around one dose; nothing, where the course has ended before."""
    at = Instant(booked - minutes(case.rng.randint(25, 40)))
    yield at
    if case.over:
        return
    prn = _order(world, case, dose_id, number, at)
    if companion_of(world.public.clinic, patient_of(world.by(case.nurse, at), case.id), at) is None:
        name_companion(case.acts(at), case.rng.choice(words.COMPANIONS))
        agree_to_touch(case.acts(at), case.id, case.rng.choice(list(Touch)))
    kit = unpack(world, case, at, number) if case.part.format == ESKETAMINE else None
    live = _live(world, case, booked)
    zero = _zero(world, case, booked, live)
    at = Instant(booked - minutes(case.rng.randint(0, 5)))
    yield at
    session = actions.arrive(world.by("desk", at), dose_id)
    take_payment(world.by("desk", at), case.id, words.PRICES[case.part.format], "card")
    case.sessions += 1
    yield from _prepared(world, case, session.id, zero)
    yield zero
    actions.start_dose(world.by(case.nurse, zero), session.id, kit_id=kit)
    happening = case.part.happens.get(number) if main else None
    if live is Live.DOSING:
        happening = Happening.PRESSURE_NOW
    sitting = _sitting(
        world, case, session.id, zero, prn, happening, live is None and happening is None, 2 if number < 3 else 3
    )
    for step in sorted(_steps(world, sitting), key=lambda one: one.minute):
        at = Instant(zero + minutes(step.minute))
        yield at
        step.do(world.by(step.who, at))


def _order(world: World, case: Case, dose_id: UUID, number: int, at: Instant) -> UUID:
    """Signs today's orders; gives the one for nausea."""
    mg = {ESKETAMINE: mg_of(number), "sl": Decimal(100 if number < 3 else 150)}.get(case.part.format)
    wanted = mg or (case.weight_kg / 2).quantize(Decimal(1))
    made = sign_orders(world.by("prescriber", at), dose_id, wanted, [ONDANSETRON])
    return made[-1].id


def _live(world: World, case: Case, booked: Instant) -> Live | None:
    same_day = world.days.date_of(booked) == world.days.date_of(world.anchor)
    return case.part.live if same_day else None


def _zero(world: World, case: Case, booked: Instant, live: Live | None) -> Instant:
    """When the dose starts: never later than planned, so that the visit stays in its window."""
    usual = case.rng.randint(20, 28)
    if live in BEGUN_BEFORE:
        wished = Instant(world.anchor - minutes(BEGUN_BEFORE[live]))
        if minutes(20) <= wished - booked < minutes(50):
            return wished
    return Instant(booked + minutes(usual))


def _prepared(world: World, case: Case, session_id: UUID, zero: Instant) -> Iterator[Instant]:
    """The time-out and the room."""
    at = Instant(zero - minutes(6))
    yield at
    asked = questions(FORMATS[case.part.format])
    today = case.weight_kg + Decimal(case.rng.randint(-5, 5)) / 10
    timeout = Timeout(
        answers={ask.key: True for ask in asked},
        weight_kg=today,
        sbp=Decimal(case.body.sbp),
        dbp=Decimal(case.body.dbp),
        pressure_at=Instant(zero - minutes(12)),
    )
    actions.pass_timeout(world.by(case.nurse, at), session_id, timeout)
    at = Instant(zero - minutes(3))
    yield at
    actions.set_setting(world.by(case.nurse, at), session_id, case.rng.choice(words.SETTINGS))
    at = Instant(zero - minutes(1))
    yield at
    check_as_ordered(world.by("prescriber", at), session_id)


def _sitting(
    world: World,
    case: Case,
    session_id: UUID,
    zero: Instant,
    prn: UUID,
    happening: Happening | None,
    at_once: bool,
    devices: int,
) -> Sitting:
    format_id = case.part.format
    slots = [int(name) for name in world.policy.names(f"session.slots.{format_id}")]
    sets = readings(case.body, format_id, slots, case.rng, happening)
    given = int(world.policy.number(f"plan.{format_id}.duration_min"))
    observe = int(world.policy.number(f"plan.{format_id}.observe_min"))
    return Sitting(session_id, case, zero, prn, given, observe, sets, happening, at_once, devices)


def _steps(world: World, sitting: Sitting) -> Iterator[Step]:
    nurse, rng, case = sitting.case.nurse, sitting.case.rng, sitting.case
    if sitting.case.part.format == ESKETAMINE:
        # The first device is clock zero; 5 minutes of rest come before each of the others.
        for minute in (5, 9.5)[: sitting.devices - 1]:
            yield Step(minute, nurse, lambda act: actions.give_device(act, sitting.id))
    yield Step(sitting.given_min, nurse, lambda act: actions.end_dose(act, sitting.id))
    yield Step(sitting.given_min + 1.25, nurse, lambda act: write_off(world, case, sitting.id, act.at))
    yield from _measured(sitting)
    if sitting.happening in REMINDER:
        yield from _reminded(sitting, sitting.happening)
    if rng.random() < 0.25:
        yield Step(sitting.given_min + 14.5, nurse, lambda act: actions.give_medicine(act, sitting.id, sitting.prn))
    if rng.random() < 0.3:
        text = rng.choice(words.CHAIR_NOTES)
        yield Step(sitting.given_min * 0.6 + 5.5, nurse, lambda act: actions.note(act, sitting.id, text))
    yield from _looked_at(sitting)


def _measured(sitting: Sitting) -> Iterator[Step]:
    """Readings as they are taken, or, where nothing happens, in two batches: of the dose and of the time after."""
    if not sitting.at_once:
        for slot in sitting.sets:
            yield _batch(sitting, slot + 0.5, [slot])
        return
    during = [slot for slot in sitting.sets if slot < sitting.given_min]
    after = [slot for slot in sitting.sets if slot >= sitting.given_min]
    if during:
        yield _batch(sitting, sitting.given_min - 0.5, during)
    yield _batch(sitting, after[-1] + 0.5, after)


def _batch(sitting: Sitting, minute: float, slots: list[int]) -> Step:
    taken = [Reading(sitting.sets[slot], Instant(sitting.zero + minutes(slot))) for slot in slots]
    return Step(minute, sitting.case.nurse, lambda act: actions.record(act, sitting.id, taken))


def _reminded(sitting: Sitting, happening: Happening) -> Iterator[Step]:
    """The nurse sees the reminder; at an orange one the prescriber comes and writes."""
    slot = min(sitting.sets, key=lambda one: abs(one - 30))
    reminder = REMINDER[happening]
    yield Step(slot + 2, sitting.case.nurse, lambda act: actions.mark_seen(act, sitting.id, reminder))
    if happening is Happening.PRESSURE_HIGH:
        yield Step(slot + 4, "prescriber", lambda act: actions.note(act, sitting.id, words.PRESSURE_NOTE))


def _looked_at(sitting: Sitting) -> Iterator[Step]:
    """What a person sees before anyone may leave, and the release once the time is up."""
    nurse, rng = sitting.case.nurse, sitting.case.rng
    leaves = sitting.given_min + sitting.observe_min + rng.randint(3, 9)
    if rng.random() < 0.35:
        early = [Looked("dissociation", NOT_YET, words.DISSOCIATION_NOT_YET)]
        yield Step(sitting.given_min + 20.5, nurse, lambda act: actions.observe_all(act, sitting.id, early))
    told = {
        "dissociation": rng.choice(words.DISSOCIATION_MET),
        "ideation": words.IDEATION_MET,
        "way_home": rng.choice(words.WAY_HOME_MET),
    }
    round_ = [Looked(what, MET, told.get(what, "")) for what in OBSERVED]
    yield Step(leaves - 2.5, nurse, lambda act: actions.observe_all(act, sitting.id, round_))
    yield Step(leaves, nurse, lambda act: actions.release_patient(act, sitting.id))
