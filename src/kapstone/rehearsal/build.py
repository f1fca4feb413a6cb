"""Builds the demo clinic: 90 days of a small practice in New Haven, Connecticut, ending at the anchor.

Everything is made by the actions that people use, in the order of time, in one transaction. What would lie after the
anchor is booked and not done. On a dosing day (Monday to Thursday) in opening hours one dose is running, one patient
is being observed and one comes later; on other days and at night the clinic is as it then is: the last sessions are
over and the next ones are booked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction

from kapstone.care.evidence import default_policy
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.actions import open_room
from kapstone.clinic.ground.bookings.hours.actions import close
from kapstone.clinic.ground.bookings.money.actions import state_prices
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.actions import open_clinic, propose_policy, sign_policy
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.integration.remote.actions import keep_video_room
from kapstone.clinic.plan.esketamine.actions import certify

from . import words
from .days import Agenda, Days, dosing_day, dosing_day_before, first_day_for
from .journey import journey
from .patients import ASKERS, CAST, Live, Part, Stage
from .people import (
    POSTS,
    address_of,
    birth_date,
    hire,
    invented_names,
    license_staff,
    put_on_call,
    telephone,
)
from .stock import fill_cupboard
from .symptoms import Symptoms
from .vitals import Body
from .world import Case, World

ZONE = ZoneInfo("America/New_York")
SPAN_DAYS = 90
PASSWORD = "quiet-harbor-morning-light"
AWAY_IN_DAYS = 60

POLICY_NOTE = (
    "Kapstone's defaults, signed by a fictional medical director for the demo. No real person stands behind it."
)
ROOMS = (
    ("Room 1", "treatment", 1),
    ("Room 2", "treatment", 1),
    ("Room 3", "treatment", 1),
    ("Room 4", "treatment", 1),
    ("Lamp room", "therapy", 1),
    ("Garden room", "therapy", 1),
    ("Video room", "therapy", 1),
)


@dataclass(frozen=True, slots=True)
class Account:
    """A person who can sign in. `where` says in a few words how far a patient has come."""

    role: str
    login: str
    name: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """What was made."""

    accounts: tuple[Account, ...]
    patients: int
    sessions: int


def build(
    seed: int,
    anchor: Instant,
    patients: int = len(CAST),
    password: str = PASSWORD,
    say: Callable[[str], None] = lambda line: None,
) -> Built:
    """Makes the demo clinic in an empty database; the same seed and anchor always give the same clinical content."""
    anchor = Instant(anchor.replace(second=0, microsecond=0))
    with transaction.atomic():
        world = open_world(anchor, password)
        cases = cases_of(world, seed, CAST[:patients] + (ASKERS if patients > 1 else ()))
        for case in cases:
            world.agenda.start(journey(world, case))
        for day in range(SPAN_DAYS, -1, -10):
            world.agenda.run(Instant(anchor - timedelta(days=day)))
            say(f"Day {SPAN_DAYS - day} of {SPAN_DAYS}")
        _time_off(world)
    admitted = [case for case in cases if case.patient_id]
    return Built(_accounts(admitted), len(admitted), sum(case.sessions for case in cases))


def open_world(anchor: Instant, password: str, rooms: tuple[tuple[str, str, int], ...] = ROOMS) -> World:
    """The clinic with its rooms, its staff and a signed policy."""
    days, policy = Days(ZONE), default_policy()
    at = days.at(days.date_of(anchor) - timedelta(days=SPAN_DAYS + 3), 10)
    clinic = open_clinic(
        at,
        name="Elm Harbor Clinic (demo)",
        zone=ZONE.key,
        phone=telephone(42),
        place="New Haven, Connecticut",
        state="CT",
        demo=True,
    )
    for name, kind, chairs in rooms:
        open_room(clinic, at, name, kind, chairs)
    public = Act(None, clinic, frozenset(), at, "web", uuid7(at))
    world = World(anchor, policy, days, Agenda(), hire(public, password), public)
    director = world.by("director", at)
    version = propose_policy(director, policy, POLICY_NOTE)
    sign_policy(director, version.id)
    put_on_call(world.by("lead", at))
    license_staff(world.by("lead", at))
    state_prices(world.by("lead", at), words.PRICES, words.CANCELLING)
    for key in ("therapist", "therapist2"):
        keep_video_room(world.by(key, at), f"https://video.example/{key}")
    fill_cupboard(world, at)
    certify(world.by("lead", at), days.date_of(at) - timedelta(days=200), None)
    return world


def _time_off(world: World) -> None:
    """A therapist has told of a week away, later than anybody is booked."""
    day = world.days.date_of(world.anchor) + timedelta(days=AWAY_IN_DAYS)
    starts, ends = (world.days.at(one, 0) for one in (day, day + timedelta(days=7)))
    person = world.staff["therapist2"].actor
    close(world.by("lead", world.anchor), starts, ends, person.id if person else None, None)


def cases_of(
    world: World, seed: int, parts: tuple[Part, ...], named: Callable[[int, Random], list[str]] = invented_names
) -> list[Case]:
    rng = Random(f"kapstone/rehearsal/{seed}")
    names = named(len(parts), rng)
    return [_case(world, Random(rng.random()), place, part, names[place]) for place, part in enumerate(parts)]


def _case(world: World, rng: Random, place: int, part: Part, name: str) -> Case:
    today = world.days.date_of(world.anchor)
    first_day = _first_day(world, part)
    asked = first_day - timedelta(days=19) if first_day else today - timedelta(days=part.asked_days_ago)
    return Case(
        part=part,
        rng=rng,
        name=name,
        phone=telephone(50 + place),
        birth_date=birth_date(today, rng),
        asked=world.days.at(asked, rng.randint(8, 20), rng.randrange(60)),
        weight_kg=Decimal(rng.randint(540, 1010)) / 10,
        body=Body.of(rng),
        symptoms=Symptoms.of(part.trend, rng),
        first_day=first_day,
        nurse="nurse" if place % 2 else "nurse2",
    )


def _first_day(world: World, part: Part) -> date | None:
    """When the course of somebody with a place on the anchor's day began."""
    if part.live is None:
        return None
    local = world.anchor.astimezone(ZONE)
    day = local.date()
    if part.live is Live.VISIT:
        target = dosing_day_before(day, world.policy)
    elif part.live is Live.LATER and local.time() >= time(14, 30):
        target = dosing_day(day + timedelta(days=1), world.policy)
    else:
        target = dosing_day(day, world.policy)
    return target if part.doses == 1 else first_day_for(target, part.doses, world.policy)


WHERE = {
    Stage.INTAKE: "intake begun",
    Stage.WAITING: "waits for a decision",
    Stage.DECLINED: "not offered treatment",
    Stage.OFFERED: "consent to read",
    Stage.CONSENTED: "consented, no course yet",
}


def _accounts(cases: list[Case]) -> tuple[Account, ...]:
    staff = [Account(post.roles[0].value, post.email, post.name) for post in POSTS]
    return (*staff, *(Account("patient", address_of(case.name), case.name, _where(case.part)) for case in cases))


def _where(part: Part) -> str:
    if part.stage in WHERE:
        return WHERE[part.stage]
    if part.live:
        return "in a course"
    return "doses further apart" if part.boosters else "course ended"
