"""A course: planned with its bookings, dosed, reviewed, ended with a reason, and perhaps followed by single doses."""

from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.queries import bookings
from kapstone.clinic.ground.people.actions import give
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.queries import patient_of
from kapstone.clinic.outcomes.actions import choose
from kapstone.clinic.outcomes.queries import outcomes
from kapstone.clinic.plan.actions import NewCourse, end_course, plan_course
from kapstone.clinic.plan.queries import doses

from . import words
from .after import journal, new_thoughts, visit, weekly_scores
from .chair import dose_day
from .days import Process, dosing_day, half_hour
from .patients import Live
from .supplying import ESKETAMINE, enrol, mg_of, order_kits
from .symptoms import Trend
from .world import Case, World

STOPS_WORSE_AFTER = 4
HOURS = tuple(time(hour, minute) for hour in range(8, 14) for minute in (0, 30))
FIRST, LAST = time(8), time(15, 30)

PREFERRED = {
    Trend.REMITS: ("maintenance_spacing", "more_therapy"),
    Trend.RESPONDS: ("more_therapy", "continue"),
    Trend.RELAPSES: ("maintenance_spacing", "continue"),
    Trend.PARTIAL: ("more_therapy", "pause_for_review"),
    Trend.NONE: ("stop_and_rethink", "pause_for_review"),
    Trend.WORSE: ("pause_for_review", "continue"),
}


def courses(world: World, case: Case, consented: Instant) -> Process:
    """The course and, for those whose gain is kept up, single doses further and further apart."""
    part = case.part
    at = world.days.working(consented, 1, case.rng)
    yield at
    if part.therapist == "guest":
        _give(world, case, at)
    if part.format == ESKETAMINE:
        enrol(world, case, at)
    first = case.first_day or world.days.date_of(at) + timedelta(days=3)
    starts = _plan(world, case, at, dosing_day(first, world.policy), part.doses, _hour(world, case))
    case.first_dose = starts[0]
    world.agenda.start(weekly_scores(world, case))
    if part.new_thoughts:
        world.agenda.start(new_thoughts(world, case))
    if part.doses == 1:
        return
    at = yield from _reviewed(world, case, starts)
    for number in range(part.boosters):
        at = world.days.working(at, 9 + 4 * number, case.rng)
        yield at
        first = dosing_day(world.days.date_of(at) + timedelta(days=2), world.policy)
        starts = _plan(world, case, at, first, 1, case.rng.choice(HOURS))
        at = yield from _ended(world, case, starts[0], "completed", words.ENDED)


def _give(world: World, case: Case, at: Instant) -> None:
    guest = world.staff["guest"].actor
    if guest is not None:
        give(world.by("lead", at), case.id, guest.id)


def _plan(world: World, case: Case, at: Instant, first: date, count: int, hour: time) -> list[Instant]:
    """Plans and starts what follows from it; where a time is taken, the next hour or day is tried, as people do."""
    prescriber = world.by("prescriber", at)
    for new in _wishes(world, case, first, count, hour):
        try:
            course = plan_course(prescriber, case.id, new)
            break
        except Refused as refusal:
            refused = refusal
    else:
        raise refused
    case.over = False
    starts = []
    for dose in doses(prescriber, course):
        starts.append(Instant(dose.booking.starts_at))
        world.agenda.start(dose_day(world, case, dose.id, dose.number, starts[-1], main=count > 1))
        world.agenda.start(journal(world, case, starts[-1]))
    if case.part.format == ESKETAMINE:
        order_kits(world, case, at, starts)
    for booked in bookings(prescriber, case.id).filter(kind="integration", starts_at__gt=at):
        who = world.key_of(booked.staff_id)
        world.agenda.start(visit(world, case, booked.id, booked.number, Instant(booked.starts_at), who))
    return starts


def _wishes(world: World, case: Case, first: date, count: int, hour: time) -> Iterator[NewCourse]:
    part = case.part
    therapist = world.staff[part.therapist].actor
    new = NewCourse(
        format_id=part.format,
        mg=_mg(part.format, case.weight_kg),
        weight_kg=case.weight_kg,
        weight_basis="actual",
        doses=count,
        first_day=first,
        hour=hour,
        therapy_form=part.therapy,
        therapist_id=therapist.id if therapist else None,
    )
    yield new
    for days_later in range(8):
        for other in (hour, *HOURS):
            yield replace(new, first_day=first + timedelta(days=days_later), hour=other)


def _mg(format_id: str, weight: Decimal) -> Decimal:
    fixed = {ESKETAMINE: mg_of(1), "sl": Decimal(100)}
    return fixed.get(format_id) or (weight / 2).quantize(Decimal(1))


def _hour(world: World, case: Case) -> time:
    """The hour at which the doses of a course are wished; placed by the anchor for those on its day."""
    before = {Live.DOSING: 55, Live.OBSERVING: 90, Live.LATER: -75, Live.VISIT: 0}
    if case.part.live is None:
        return case.rng.choice(HOURS)
    wished = Instant(world.anchor - timedelta(minutes=before[case.part.live]))
    return half_hour(wished, FIRST, LAST, world.days.zone)


def _reviewed(world: World, case: Case, starts: list[Instant]) -> Generator[Instant, None, Instant]:
    """A look at the scores after the fourth dose and after the last; a course may also end before."""
    stop, trend = case.part.stops_after, case.part.trend
    if stop:
        return (yield from _ended(world, case, starts[stop - 1], "stopped", words.ENDED_BY_PATIENT, 2))
    if trend is Trend.WORSE:
        at = world.days.working(starts[STOPS_WORSE_AFTER - 1], 2, case.rng)
        yield at
        _choose(world, case, at, PREFERRED[trend])
        return (yield from _ended(world, case, at, "stopped", words.ENDED_WORSE, 0))
    at = world.days.working(starts[3], 1, case.rng)
    yield at
    _choose(world, case, at, ("continue",))
    at = world.days.working(starts[-1], 4, case.rng)
    yield at
    _choose(world, case, at, PREFERRED[trend])
    return (yield from _ended(world, case, at, "completed", words.ENDED, 0))


def _choose(world: World, case: Case, at: Instant, preferred: tuple[str, ...]) -> None:
    prescriber = world.by("prescriber", at)
    offered = [one.key for one in outcomes(prescriber, patient_of(prescriber, case.id)).options]
    option = next((one for one in preferred if one in offered), offered[0])
    choose(prescriber, case.id, option, words.CHOSEN[option])


def _ended(
    world: World, case: Case, after: Instant, state: str, reason: str, days_later: int = 4
) -> Generator[Instant, None, Instant]:
    at = world.days.working(after, days_later, case.rng) if days_later else Instant(after + timedelta(minutes=5))
    yield at
    case.over = True
    end_course(world.by("prescriber", at), case.id, state, reason)
    return at
