"""Reads the roster: who is on call, what may be promised, and the lines that the page shows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from kapstone.care.integration import Promise, Roster, Shift
from kapstone.care.quantities import Instant, instant
from kapstone.clinic.ground.concerns.models import RosterLine
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere
from kapstone.clinic.ground.people.models import Clinic, Membership, User
from kapstone.clinic.ground.people.queries import held_at, policy_in_force
from kapstone.clinic.ground.people.roles import CLINICAL, Role
from kapstone.clinic.ground.people.who import visible

LEADS = (Role.MEDICAL_DIRECTOR, Role.CLINIC_LEAD)


@dataclass(frozen=True, slots=True)
class Watch:
    """One stretch of a day on the page: somebody on call from one moment to another, or nobody (person is None)."""

    person: User | None
    rank: int
    opens: Instant
    closes: Instant


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week that the page shows."""

    day: date
    watches: list[Watch]


def roster_of(clinic: Clinic, at: Instant) -> Roster:
    """The clinic's roster as a value. A line counts only while its person holds a clinical role here."""
    held = _held(clinic)
    lines = _lines(clinic, at).filter(person__is_active=True)
    return Roster(tuple(shift_of(one, held[one.person_id]) for one in lines if one.person_id in held), clinic.zone)


def shift_of(line: RosterLine, until: datetime | None = None) -> Shift:
    """A line as the rules see it. `until` is when its person's role ends, if it does."""
    ends = [one for one in (line.end.at if hasattr(line, "end") else None, until) if one]
    return Shift(
        person=line.person_id,
        rank=line.rank,
        weekdays=frozenset(int(one) for one in line.weekdays),
        starts=line.starts,
        ends=line.ends,
        first_day=line.first_day,
        last_day=line.last_day,
        ended_at=instant(min(ends)) if ends else None,
    )


def _lines(clinic: Clinic, at: Instant) -> QuerySet[RosterLine]:
    """Lines that may still count: those whose last shift is over are left out."""
    lately = at.astimezone(clinic.zone).date() - timedelta(days=2)
    found = RosterLine.objects.filter(Q(last_day=None) | Q(last_day__gte=lately), clinic=clinic)
    return found.select_related("end", "person").order_by("rank", "starts", "made_at", "id")


def _held(clinic: Clinic) -> dict[UUID, datetime | None]:
    """Until when each person holds a clinical role here; None where no end is in sight."""
    found: dict[UUID, datetime | None] = {}
    for one in Membership.objects.filter(clinic=clinic, role__in=CLINICAL):
        before = found.get(one.user_id, one.until)
        found[one.user_id] = max(before, one.until) if before and one.until else None
    return found


def on_call(clinic: Clinic, at: Instant) -> tuple[User, ...]:
    """Who is on call in this clinic at this moment, the first one first."""
    ids = roster_of(clinic, at).on_call(at)
    people = User.objects.in_bulk(ids)
    return tuple(people[one] for one in ids)


def promise(clinic: Clinic, at: Instant) -> Promise | None:
    """What may honestly be said to a patient who writes now. None: nobody is on the roster, so say that no one may be
    reading, and to call 988. `roster/words.py` puts its moments into words."""
    return roster_of(clinic, at).promise(policy_in_force(clinic)[0], at)


def leads(clinic: Clinic, at: Instant) -> tuple[UUID, ...]:
    """Who must know in the end: medical directors first, then clinic leads."""
    held = held_at(at).filter(clinic=clinic, role__in=LEADS, user__is_active=True).order_by("user__name")
    found = sorted(held, key=lambda one: LEADS.index(Role(one.role)))
    return tuple(dict.fromkeys(one.user_id for one in found))


def clinicians(clinic: Clinic, at: Instant) -> list[User]:
    """Who may be on the roster, and may be handed a concern: everybody with a clinical role, by name."""
    held = held_at(at).filter(clinic=clinic, role__in=CLINICAL, user__is_active=True).values("user")
    return list(User.objects.filter(id__in=held).order_by("name", "id"))


def lines(act: Act) -> list[RosterLine]:
    """The lines that count now or later, for the page."""
    today = act.at.astimezone(act.clinic.zone).date()
    found = visible(act, RosterLine).filter(Q(last_day=None) | Q(last_day__gte=today - timedelta(days=1)), end=None)
    return list(found.select_related("person").order_by("rank", "starts", "first_day", "id"))


def line_of(act: Act, line_id: UUID, verb: str) -> RosterLine:
    """One line. NotThere when it is not this actor's to keep."""
    found = visible(act, RosterLine, verb).filter(id=line_id).select_related("end", "person").first()
    if found is None:
        raise NotThere("No such line of the roster.")
    return found


def week(act: Act, days: int = 7) -> list[Day]:
    """The next seven days on the clinic's wall: who is on call when, and when nobody is."""
    zone, roster = act.clinic.zone, roster_of(act.clinic, act.at)
    people = User.objects.in_bulk({one.person for one in roster.shifts})
    today = act.at.astimezone(zone).date()
    found = []
    for day in (today + timedelta(days=number) for number in range(days)):
        begins, over = (_midnight(act, one) for one in (day, day + timedelta(days=1)))
        spans = [(span, one) for span, one in roster.spans(begins) if span.opens < over]
        watches = [
            Watch(people[one.person], one.rank, Instant(max(span.opens, begins)), Instant(min(span.closes, over)))
            for span, one in spans
        ]
        gaps = [Watch(None, 0, *gap) for gap in _gaps(watches, begins, over)]
        found.append(Day(day, sorted([*watches, *gaps], key=lambda one: (one.opens, one.rank))))
    return found


def _midnight(act: Act, day: date) -> Instant:
    return instant(datetime.combine(day, datetime.min.time(), tzinfo=act.clinic.zone))


def _gaps(watches: list[Watch], begins: Instant, over: Instant) -> list[tuple[Instant, Instant]]:
    """What no watch of a day covers."""
    found, at = [], begins
    for one in sorted(watches, key=lambda watch: watch.opens):
        if one.opens > at:
            found.append((at, one.opens))
        at = Instant(max(at, one.closes))
    return [*found, (at, over)] if at < over else found
