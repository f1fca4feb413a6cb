"""What may be moved where: the days around a dose, the rest of a course, and a visit by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from kapstone.care.evidence import Policy
from kapstone.care.plan import FORMATS, TherapyForm, integration_window
from kapstone.care.plan.course import gap_days, gaps_each
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.alone.queries import Alone
from kapstone.clinic.ground.bookings.calendar.queries import Option, Wish, ask, option, options
from kapstone.clinic.ground.bookings.models import Booking, BookingKind
from kapstone.clinic.ground.bookings.solving.problem import NEAREST, WIDEST, Presence
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.models import Patient, User
from kapstone.clinic.ground.people.queries import policy_in_force
from kapstone.clinic.plan.esketamine.queries import label_days
from kapstone.clinic.plan.models import Course, Dose
from kapstone.clinic.plan.queries import doses_had, preparations
from kapstone.clinic.plan.touched.queries import By, Touched, both, coming, orphans, touched, visit_of_dose

LONGER = timedelta(days=14)
"""How far beyond its neighbours the last dose of a course may be moved."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One booking that would move: from when, to when, and with whom. Nothing is booked yet where `now` is None."""

    patient: Patient
    what: str
    now: Instant | None
    to: Instant
    therapist: User | None


@dataclass(frozen=True, slots=True)
class Replan:
    """What cannot stay, and a new plan for it. `starts` pins the plan: what was shown is what is booked."""

    gone: tuple[Touched, ...]
    alone: tuple[Dose, ...]
    shifts: tuple[Shift, ...] = ()
    people: int = 0
    starts: dict[UUID, tuple[Instant, ...]] = field(default_factory=dict)
    why: tuple[str, ...] = ()


def wish_to_move(act: Act, dose: Dose, policy: Policy, *, shown: Iterable[Instant] | None = None) -> Wish:
    """What is asked of the calendar for one dose with its visit, between the doses before and after it."""
    course = dose.course
    spans = _spans(act, course, policy)
    least = spans[dose.number - 2][0] if dose.number > 1 else 0
    after_it = spans[dose.number - 1][0] if dose.number <= len(spans) else 0
    days = {one.number: _day(act, one) for one in _booked(course)}
    others = {number: day for number, day in days.items() if number != dose.number}
    before = [day for number, day in others.items() if number < dose.number]
    after = [day for number, day in others.items() if number > dose.number]
    soonest = [*([max(before) + timedelta(days=least)] if before else []), *_prepared(act, course)]
    first = max([act.at.astimezone(act.clinic.zone).date(), *soonest])
    last = min([day - timedelta(days=after_it) for day in after], default=max([first, *days.values()]) + LONGER)
    if last < first:
        raise Refused("There is no day between the doses before and after; move the one after it first.")
    most = int(policy.number("plan.course.max_per_week"))
    return Wish(
        patient=course.patient,
        format_id=course.format,
        doses=dose.number,
        given=dose.number - 1,
        first_day=first,
        last_day=last,
        gap_days=(max(least, NEAREST), WIDEST),
        had=doses_had(act, course.patient),
        therapy=TherapyForm(course.therapy_form),
        therapist=course.therapist,
        presence=Presence(course.presence),
        most_per_week=most,
        not_on=frozenset(_crowded(first, last, others.values(), most)),
        only=None if shown is None else frozenset(shown),
        base=tuple(both(dose)),
    )


SOON = timedelta(days=7)
"""So far ahead is looked where the window after a dose is over and the visit is still owed."""

FARTHEST = timedelta(days=100)
"""So far ahead a preparation visit may be moved; the calendar is worked out for about four months."""


def _spans(act: Act, course: Course, policy: Policy) -> tuple[tuple[int, int], ...]:
    """The fewest and the most days from each dose of a course to the next."""
    format_ = FORMATS[course.format]
    first = course.planned.select_related("booking").order_by("number").first()
    had = len(label_days(act, course.patient, course, on=_day(act, first) if first else None))
    return gaps_each(format_, policy, course.doses, had, moving=True) or (gap_days(format_, policy),) * (
        course.doses - 1
    )


def _prepared(act: Act, course: Course) -> list[date]:
    """The days after the preparation visits that are booked: no dose is before them."""
    zone = act.clinic.zone
    return [one.starts_at.astimezone(zone).date() + timedelta(days=1) for one in preparations(act, course)]


def _booked(course: Course) -> QuerySet[Dose]:
    return course.planned.filter(booking__cancelled_at=None).select_related("booking")


def _day(act: Act, dose: Dose) -> date:
    return dose.booking.starts_at.astimezone(act.clinic.zone).date()


def _crowded(first: date, last: date, others: Iterable[date], most: int) -> Iterable[date]:
    """Days on which one more dose would be too many within seven."""
    held = sorted(others)
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        every = sorted([*held, day])
        if any(sum(start <= one < start + timedelta(days=7) for one in every) > most for start in every):
            yield day


def ways_to_move(act: Act, dose: Dose) -> tuple[list[Option], list[str]]:
    """Other times for a dose and its visit, and why there are none where there are none."""
    policy, _ = policy_in_force(act.clinic)
    wish = wish_to_move(act, dose, policy)
    count = int(policy.number("plan.day.alternatives"))
    return options(act.clinic, policy, replace(wish, base=(), free=wish.base), act.at, count)


def wish_for_rest(act: Act, course: Course, doses: list[Dose], policy: Policy) -> Wish:
    """What is asked for the rest of a course: its coming doses, kept where they can be."""
    spans = _spans(act, course, policy)
    given = min(dose.number for dose in doses) - 1
    past = _booked(course).filter(number=given).first()
    least = spans[given - 1][0] if given else 0
    today = act.at.astimezone(act.clinic.zone).date()
    # Nobody is asked to come today who was to come on a later day.
    soonest = min(_day(act, dose) for dose in doses)
    first = max([today + timedelta(days=soonest > today), *_prepared(act, course)])
    first = max([first, *([_day(act, past) + timedelta(days=least)] if past else [])])
    return Wish(
        patient=course.patient,
        format_id=course.format,
        doses=max(dose.number for dose in doses),
        given=given,
        first_day=first,
        last_day=max(_day(act, dose) for dose in doses) + LONGER,
        gaps=(*spans[: max(given - 1, 0)], *([(max(least, NEAREST), WIDEST)] if given else []), *spans[given:]),
        had=doses_had(act, course.patient),
        therapy=TherapyForm(course.therapy_form),
        therapist=course.therapist,
        presence=Presence(course.presence),
        most_per_week=int(policy.number("plan.course.max_per_week")),
        base=tuple(one for dose in doses for one in both(dose)),
    )


def wishes_of(act: Act, gone: Sequence[Touched], alone: Sequence[Dose], policy: Policy) -> list[Wish]:
    """The rest of each course of which a dose to come is touched, or stands without its visit."""
    to_move = [one.dose for one in gone if one.dose is not None and one.by is By.REPLAN]
    every = list(coming(act))
    lonely = {dose.id for dose in alone}
    courses = {dose.course_id: dose.course for dose in (*to_move, *(one for one in every if one.id in lonely))}
    return [
        wish_for_rest(act, course, [dose for dose in every if dose.course_id == course.id], policy)
        for course in courses.values()
    ]


def replan(act: Act) -> Replan:
    """What cannot stay, a new plan for everybody whom it touches, and who would move; nothing is moved yet."""
    from kapstone.clinic.ground.bookings.solving.solver import solve
    from kapstone.clinic.ground.bookings.solving.why import explain

    policy, _ = policy_in_force(act.clinic)
    gone, alone = tuple(touched(act)), tuple(orphans(act))
    wishes = wishes_of(act, gone, alone, policy)
    if not wishes:
        return Replan(gone, alone)
    asked = ask(act.clinic, policy, wishes, act.at)
    plan = solve(asked.problem(), 5.0)
    if not plan.found:
        return Replan(gone, alone, why=tuple(explain(asked.document, plan)))
    stood = {(one.patient_id, one.kind, one.number): one for wish in wishes for one in wish.base}
    shifts, starts = [], {}
    for wish in wishes:
        name = asked.name_of(wish.patient.id)
        found = option(asked, [one for one in plan.bookings if one.patient == name])
        starts[wish.patient.id] = found.starts
        for times in (*found.doses, *found.visits.values()):
            booking = stood.get((wish.patient.id, times.kind, times.number))
            if booking is None or booking.starts_at != times.starts_at or booking.staff != times.therapist:
                now = Instant(booking.starts_at) if booking else None
                what = f"{BookingKind(times.kind).label} {times.number}"
                shifts.append(Shift(wish.patient, what, now, times.starts_at, times.therapist))
    shifts.sort(key=lambda one: one.to)
    return Replan(gone, alone, tuple(shifts), len({one.patient.id for one in shifts}), starts)


def visit_wanted(act: Act, dose: Dose, policy: Policy) -> Alone:
    """What is asked of the calendar for one dose's visit by itself: in its window, or soon where that is over."""
    ends = Instant(dose.booking.dose_ends_at or dose.booking.ends_at)
    window = integration_window(ends, policy)
    opens, closes = window.opens, window.closes
    if closes < act.at:
        opens, closes = act.at, Instant(act.at + SOON)
    return Alone(
        patient=dose.course.patient,
        format_id=dose.course.format,
        kind=BookingKind.INTEGRATION.value,
        number=dose.number,
        therapist=dose.course.therapist,
        remote=TherapyForm(dose.course.therapy_form) is TherapyForm.TELEHEALTH,
        opens=opens,
        closes=closes,
        instead=visit_of_dose(dose),
    )


def preparation_wanted(act: Act, booking: Booking, course: Course) -> Alone:
    """What is asked of the calendar for one preparation visit: from now until the day before the first dose."""
    first = _booked(course).order_by("booking__starts_at").first()
    closes = first.booking.starts_at - timedelta(days=1) if first else act.at + LONGER
    return Alone(
        patient=booking.patient,
        format_id=course.format,
        kind=booking.kind,
        number=booking.number,
        therapist=course.therapist,
        remote=TherapyForm(course.therapy_form) is TherapyForm.TELEHEALTH,
        opens=act.at,
        closes=Instant(min(closes, act.at + FARTHEST)),
        instead=booking,
    )
