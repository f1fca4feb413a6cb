"""From the enquiry to the consent: somebody asks, is invited, answers, is decided on and agrees."""

from collections.abc import Generator
from datetime import timedelta
from uuid import UUID

from kapstone.care.evaluation import Kind, Who, asks
from kapstone.care.plan.consent import drug_of
from kapstone.care.quantities import Instant, minutes
from kapstone.clinic.evaluation.actions import answer, answer_history, complete_history, decide, send_intake
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.guide.actions import close, enquire, invite

from . import words
from .after import answer_phq9, in_hand
from .clearing import cleared, half_cleared
from .consenting import agree
from .course import courses
from .days import Process
from .patients import Stage
from .people import address_of
from .world import Case, World, moved

Until = Generator[Instant, None, Instant]
"""A part of a process that gives the moment at which it ended."""

ASKED = tuple(
    name
    for name, ask in asks().items()
    if ask.kind == Kind.YES_NO and ask.who == Who.PATIENT and not name.startswith("asq_")
)
"""Asked of the patient, and answered no by everyone here but for what their part says."""

SCREEN = ("asq.1", "asq.2", "asq.3", "asq.4")
"""The ASQ questions that are always asked, answered no by everyone here; the fifth waits for a yes."""

FOUND = (
    "pressure_rise_hazard heart_event_released antiemetic_planned personality_disorder_severe "
    "ketamine_misuse_released clinician_urgent_flag urine_screen_unexplained"
)
"""Looked for by the prescriber, and found in nobody here."""

TRIALS = (("sertraline", 12), ("escitalopram", 8), ("venlafaxine", 14), ("bupropion", 9), ("mirtazapine", 10))
ALLERGIES = ("none known", "none known", "none known", "penicillin: rash", "latex: itching")


def journey(world: World, case: Case) -> Process:
    """Everything that one person does, as far as their part goes."""
    stage = case.part.stage
    yield case.asked
    enquiry_id = _ask(world, case)
    if stage == Stage.ENQUIRY:
        return
    at = world.days.working(case.asked, 1, case.rng)
    yield at
    if stage == Stage.CLOSED:
        return close(world.by("desk", at), enquiry_id)
    _invite(world, case, enquiry_id, at)
    at = yield from _intake(world, case, at)
    if case.part.in_hand:
        world.agenda.start(in_hand(world, case))
    if stage == Stage.WAITING:
        world.agenda.start(half_cleared(world, case, at))
    if stage <= Stage.WAITING:
        return None
    at = yield from _decided(world, case, at)
    if stage <= Stage.OFFERED:
        return None
    at = world.days.evening(at, 1, case.rng)
    yield at
    agree(case.acts(at), drug_of(case.part.format), case.name)
    if stage == Stage.COURSE:
        yield from courses(world, case, at)
    return None


def _ask(world: World, case: Case) -> UUID:
    asked = enquire(
        moved(world.public, case.asked),
        name=case.name,
        email=address_of(case.name),
        phone=case.phone,
        message=case.rng.choice(words.ENQUIRIES),
    )
    return asked.id


def _invite(world: World, case: Case, enquiry_id: UUID, at: Instant) -> None:
    desk = world.by("desk", at)
    email = address_of(case.name)
    patient = invite(desk, enquiry_id, name=case.name, email=email, birth_date=case.birth_date)
    case.patient_id = patient.id
    case.act = Act(patient.user, desk.clinic, frozenset({Role.PATIENT}), at, "phone", uuid7(at))


def _intake(world: World, case: Case, invited: Instant) -> Until:
    at = world.days.evening(invited, case.rng.randint(0, 2), case.rng)
    yield at
    answer_phq9(world, case, at, "intake")
    if case.part.stage == Stage.INTAKE:
        return at
    at = Instant(at + minutes(case.rng.randint(6, 15)))
    yield at
    answer(case.acts(at), "asq", dict.fromkeys(SCREEN, 0), "intake")
    answer_history(case.acts(at), _history(case))
    at = Instant(at + minutes(1))
    yield at
    send_intake(case.acts(at))
    return at


def _history(case: Case) -> dict[str, object]:
    """The answers under “My health”: two or three medicines that did not help enough, and no exclusion but one."""
    chosen = case.rng.sample(TRIALS, case.rng.randint(2, 3))
    trials = [
        {
            "drug": drug,
            "weeks": weeks,
            "taken_as_prescribed": True,
            "adequate_dose": True,
            "response_percent": case.rng.choice((0, 5, 10, 15)),
            "stopped_for_side_effects": False,
        }
        for drug, weeks in chosen
    ]
    body: dict[str, object] = dict.fromkeys(ASKED, False)
    psychosis = case.part.stage == Stage.DECLINED
    return {
        **body,
        "psychosis_current": psychosis,
        "medicines": [],
        "trials": trials,
        "allergies": case.rng.choice(ALLERGIES),
    }


def _decided(world: World, case: Case, sent: Instant) -> Until:
    at = world.days.working(sent, 1, case.rng)
    yield from cleared(world, case, at)
    yield at
    prescriber = world.by("prescriber", at)
    complete_history(prescriber, case.id, _found(case))
    at = Instant(at + timedelta(minutes=case.rng.randint(10, 35)))
    yield at
    prescriber = world.by("prescriber", at)
    if case.part.stage == Stage.DECLINED:
        decide(prescriber, case.id, outcome="decline", reason=words.DECLINE_REASON, for_patient=words.DECLINE_WORDS)
    else:
        reason = case.rng.choice(words.OFFER_REASONS)
        decide(prescriber, case.id, outcome="offer", reason=reason, for_patient=words.OFFER_WORDS)
    return at


def _found(case: Case) -> dict[str, object]:
    """What the prescriber asked and found."""
    esketamine = case.part.format == "in-esketamine"
    return {
        **dict.fromkeys(FOUND.split(), False),
        "diagnosis_confirmed": True,
        "diagnosis": "mdd",
        "indication": "trd" if esketamine else None,
        "oral_antidepressant": True,
        "psychosis_current": case.part.stage == Stage.DECLINED,
        "mania_current": False,
        "asq_acute": False,
        "asq_positive": False,
        "capacity_documented": True,
        "child_pugh": "none",
        "height_cm": 170,
        "weight_kg": 72,
        "rems_enrolled": esketamine or None,
        "site_rems_certified": esketamine or None,
    }
