"""Builds the solver's document from the clinic's records, and finds times for a course without booking any.

The document is the one that `kapstone book` reads, with people's names; the names are told apart where two are alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kapstone.care.evidence import Policy
from kapstone.care.plan import FORMATS, TherapyForm
from kapstone.care.quantities import Instant
from kapstone.care.quantities.moments import instant
from kapstone.clinic.ground.bookings.hours.queries import (
    closed_days,
    closed_within,
    gone,
    hours_of,
    skills_of,
    times_of,
)
from kapstone.clinic.ground.bookings.models import Booking, BookingKind, Closed, HoursKind, Room, RoomKind
from kapstone.clinic.ground.bookings.solving.problem import Booking as Placed
from kapstone.clinic.ground.bookings.solving.problem import Cover, Presence, Problem
from kapstone.clinic.ground.bookings.solving.reading import LONGEST_DAYS, BadProblem, read_document
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.models import Clinic, Patient, User
from kapstone.clinic.ground.people.queries import staff_with
from kapstone.clinic.ground.people.roles import Role

GRID_MIN = 30
SECONDS = 8.0
ROLES = {
    Role.NURSE: "nurse",
    Role.PRESCRIBER: "prescriber",
    Role.THERAPIST: "therapist",
    Role.GUEST_THERAPIST: "therapist",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A course to find times for. `first_day` is the earliest, `not_before` the earliest hour of a dose."""

    patient: Patient
    format_id: str
    doses: int
    first_day: date
    therapy: TherapyForm
    therapist: User | None = None
    not_before: time | None = None
    last_day: date | None = None
    gap_days: tuple[int, int] = (2, 5)
    gaps: tuple[tuple[int, int], ...] = ()
    """Days from the first dose to the second and so on, where they differ; after them `gap_days` hold."""

    most_per_week: int = 2
    presence: Presence = Presence.NONE
    preparation: int = 0
    given: int = 0
    not_on: frozenset[date] = frozenset()
    only: frozenset[Instant] | None = None
    """The starts that were shown: then nothing else may be booked."""

    base: tuple[Booking, ...] = ()
    """Bookings of this patient that stand and are to be kept where they can be: they may move, which costs."""

    had: tuple[Booking, ...] = ()
    """Doses that this patient was given lately."""

    free: tuple[Booking, ...] = ()
    """Bookings of this patient that give their times back, because others are looked for instead."""


@dataclass
class Asked:
    """A problem with who is meant by each of its names."""

    document: dict[str, Any]
    people: dict[str, User] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    patients: dict[str, Patient] = field(default_factory=dict)
    taken: list[Booking] = field(default_factory=list)

    def name_of(self, patient_id: UUID) -> str:
        """The name by which the document means a patient."""
        return next(name for name, one in self.patients.items() if one.id == patient_id)

    def problem(self) -> Problem:
        """The document as the solver takes it. Refused, with what is wrong, where the clinic's lines forbid it."""
        try:
            return read_document(self.document)
        except BadProblem as problem:
            raise Refused(f"The calendar cannot be worked out: {problem}") from None


def ask(clinic: Clinic, policy: Policy, wishes: Sequence[Wish], at: Instant, until: date | None = None) -> Asked:
    """The problem of booking these courses into what is booked already, from this moment on."""
    first = max(min(wish.first_day for wish in wishes), at.astimezone(clinic.zone).date())
    asked = Asked({})
    for wish in wishes:
        asked.patients[_name(asked.patients, wish.patient.name)] = wish.patient
    span = _clinic(asked, clinic, policy, at, first, until or max(_last_day(wish) for wish in wishes), wishes)
    asked.document["patients"] = [_patient(asked, clinic, wish, (span[0], at)) for wish in wishes]
    loose = {one.id for wish in wishes for one in (*wish.base, *wish.free)}
    given = {one.id for wish in wishes for one in wish.had}
    asked.document["booked"] = [*_taken(asked, clinic, span, loose, given), *_had(asked, clinic, wishes, span[0])]
    asked.document["plan"] = [_stood(asked, clinic, one) for wish in wishes for one in wish.base]
    return asked


def who_is_there(clinic: Clinic, policy: Policy, at: Instant, until: date) -> Asked:
    """The clinic's rooms and everybody on its staff with their hours, from today until a day, and nothing booked."""
    asked = Asked({})
    today = at.astimezone(clinic.zone).date()
    _clinic(asked, clinic, policy, at, today, min(until, today + timedelta(days=LONGEST_DAYS - 1)), None)
    return asked


def _clinic(
    asked: Asked,
    clinic: Clinic,
    policy: Policy,
    at: Instant,
    first: date,
    last: date,
    wishes: Sequence[Wish] | None,
) -> tuple[Instant, Instant]:
    """Writes the clinic into the document: its days, formats, rooms and staff; gives the span that was looked at."""
    span = (_midnight(clinic, first), _midnight(clinic, last + timedelta(days=5)))
    closed = closed_within(clinic, *span)
    asked.document = {
        "zone": clinic.zone_name,
        "from": first.isoformat(),
        "until": last.isoformat(),
        "grid_min": GRID_MIN,
        "visit_min": int(policy.number("plan.course.integration_min")),
        "landing_min": int(policy.number("plan.day.landing_min")),
        "overrun_min": int(policy.number("plan.day.overrun_min")),
        "window_h": [int(policy.number(f"plan.course.integration_{end}_h")) for end in ("from", "to")],
        "day": {
            "opens": f"{clinic.opens:%H:%M}",
            "closes": f"{clinic.closes:%H:%M}",
            "last_start": str(policy["plan.day.last_start"].value),
            "weekdays": [0, 1, 2, 3, 4],
            "closed": [one.isoformat() for one in closed_days(clinic, closed, *span)],
        },
        "formats": [format_timing(name, policy) for name in FORMATS],
        "rooms": _rooms(asked, clinic, closed),
        "staff": _staff(asked, clinic, at, span, closed, wishes),
    }
    return span


def format_timing(format_id: str, policy: Policy) -> dict[str, Any]:
    """How long a stay of a format takes and whom it needs, by the policy."""
    giving = f"plan.{format_id}.giving_min"
    return {
        "id": format_id,
        "arrive_min": int(policy.number("plan.course.arrival_min")),
        "give_min": int(policy.number(f"plan.{format_id}.duration_min")),
        "observe_min": int(policy.number(f"plan.{format_id}.observe_min")),
        **({"close_min": int(policy.number(giving))} if giving in policy.lines else {}),
        "patients_per_nurse_giving": int(policy.number(f"plan.{format_id}.patients_per_nurse_giving")),
        "patients_per_nurse_observing": int(policy.number(f"plan.{format_id}.patients_per_nurse_observing")),
        "patients_per_prescriber": int(policy.number("plan.day.patients_per_prescriber")),
        "needs_companion": FORMATS[format_id].racemic,
    }


def stay_min(format_id: str, policy: Policy) -> tuple[int, int]:
    """Minutes from the start of a stay to the dose's end, and to the stay's end."""
    timing = format_timing(format_id, policy)
    ends = timing["arrive_min"] + timing["give_min"]
    return ends, ends + timing["observe_min"]


def _last_day(wish: Wish) -> date:
    """Far enough for the whole course at its widest, and two weeks more."""
    widest = sum(most for _, most in wish.gaps) + max(wish.doses - 1 - len(wish.gaps), 0) * wish.gap_days[1]
    return wish.last_day or wish.first_day + timedelta(days=min(widest + 14, LONGEST_DAYS - 1))


def _midnight(clinic: Clinic, day: date) -> Instant:
    return instant(datetime.combine(day, time(), tzinfo=clinic.zone))


def _name(taken: Iterable[str], name: str) -> str:
    """The name, with a number where it is taken."""
    known = set(taken)
    return next(one for one in (name, *(f"{name} ({n})" for n in range(2, 10_000))) if one not in known)


def _said(clinic: Clinic, moment: datetime) -> str:
    return moment.astimezone(clinic.zone).isoformat()


def _rooms(asked: Asked, clinic: Clinic, closed: Sequence[Closed]) -> list[dict[str, Any]]:
    found = []
    for room in Room.objects.filter(clinic=clinic).order_by("name"):
        name = _name(asked.rooms, room.name)
        asked.rooms[name] = room
        shut = [{"from": _said(clinic, a), "to": _said(clinic, b)} for a, b in gone(closed, room=room)]
        kind = "treatment" if room.kind == RoomKind.TREATMENT else "therapy"
        found.append({"name": name, "kind": kind, "chairs": room.chairs, "closed": shut})
    return found


def _staff(
    asked: Asked,
    clinic: Clinic,
    at: Instant,
    span: tuple[Instant, Instant],
    closed: Sequence[Closed],
    wishes: Sequence[Wish] | None,
) -> list[dict[str, Any]]:
    """Everybody who can be booked for these courses; without courses everybody, guests too."""
    roles: dict[User, set[str]] = {}
    for role, word in ROLES.items():
        for user in staff_with(clinic, role, at):
            roles.setdefault(user, set()).add(word)
    own = {wish.therapist for wish in wishes or ()}
    guests = set(staff_with(clinic, Role.GUEST_THERAPIST, at)) - set(staff_with(clinic, Role.THERAPIST, at))
    hours, skills = hours_of(clinic, roles, span), skills_of(clinic)
    found = []
    for user, words in roles.items():
        if user in guests and wishes is not None and user not in own:
            continue  # a guest sees only the patients who were given to them
        name = _name(asked.people, user.name)
        asked.people[name] = user
        lines = hours[user.id]
        theirs = [asked.name_of(one.patient.id) for one in wishes or () if one.therapist == user]
        found.append(
            {
                **({"only_for": theirs} if user in guests else {}),
                "name": name,
                "roles": [_acts_as(user, words, own)],
                "skills": skills[user.id],
                "hours": lines[HoursKind.WORK],
                "breaks": lines[HoursKind.BREAK],
                "remote_hours": lines[HoursKind.CALLS],
                "away": [{"from": _said(clinic, a), "to": _said(clinic, b)} for a, b in gone(closed, person=user)],
            }
        )
    return found


def _acts_as(user: User, words: set[str], own: set[User | None]) -> str:
    """The one role in which somebody is booked: nobody watches a patient and sees another at once."""
    if user in own and "therapist" in words:
        return "therapist"
    return next(word for word in ("prescriber", "nurse", "therapist") if word in words)


def _patient(asked: Asked, clinic: Clinic, wish: Wish, over: tuple[Instant, Instant]) -> dict[str, Any]:
    """A course to book. `over` is what has passed of the problem's days: nothing begins then."""
    name = asked.name_of(wish.patient.id)
    times = times_of(wish.patient)
    therapist = next((label for label, user in asked.people.items() if user == wish.therapist), None)
    body: dict[str, Any] = {
        "name": name,
        "format": wish.format_id,
        "doses": wish.doses,
        "earliest": wish.first_day.isoformat(),
        "gap_days": list(wish.gap_days),
        "most_per_week": wish.most_per_week,
        "therapy": wish.therapy.value,
        "presence": wish.presence.value,
        "preparation": wish.preparation,
    }
    if over[0] < over[1]:
        body["away"] = [{"from": _said(clinic, over[0]), "to": _said(clinic, over[1])}]
    if wish.gaps:
        body["gaps"] = [list(one) for one in wish.gaps]
    if wish.given:
        body["given"] = wish.given
    if wish.not_on:
        body["not_on"] = sorted(one.isoformat() for one in wish.not_on)
    if therapist:
        body["therapist"] = therapist
    if wish.last_day:
        body["latest"] = wish.last_day.isoformat()
    if wish.not_before:
        body |= {"not_before": f"{wish.not_before:%H:%M}", "prefers": f"{wish.not_before:%H:%M}"}
    if wish.only is not None:
        body["only"] = sorted(_said(clinic, one) for one in wish.only)
    if times:
        body |= {"zone": times.zone_name, "needs": list(times.needs)}
        body |= {"available": times.weekly} if times.weekly else {}
        body |= {"companion": {"available": times.companion_weekly}} if times.companion_weekly else {}
    return body


def _had(asked: Asked, clinic: Clinic, wishes: Sequence[Wish], before: Instant) -> list[dict[str, Any]]:
    """Doses from before the problem's days: gaps and the week's limit count from them, and nobody is held by them."""
    return [
        {
            "patient": asked.name_of(wish.patient.id),
            "kind": one.kind,
            "number": one.number,
            "start": _said(clinic, one.starts_at),
            "end": _said(clinic, one.ends_at),
            "given": True,
        }
        for wish in wishes
        for one in wish.had
        if one.starts_at < before
    ]


def _stood(asked: Asked, clinic: Clinic, one: Booking) -> dict[str, Any]:
    """A booking that may move, as it stands."""
    names = {str(user.id): label for label, user in asked.people.items()}
    cover = [
        {
            "role": each["role"],
            # Somebody who is not on the staff any more is nobody of the problem, so the booking counts as touched.
            "name": names.get(each["person"], f"gone: {each['name']}"),
            "from": each["from"],
            "to": each["to"],
        }
        for each in one.cover
    ]
    return {
        "patient": asked.name_of(one.patient_id),
        "kind": one.kind,
        "number": one.number,
        "start": _said(clinic, one.starts_at),
        "end": _said(clinic, one.ends_at),
        "room": next((name for name, room in asked.rooms.items() if room.id == one.room_id), None),
        "format": one.format,
        "cover": cover,
    }


def _standing(clinic: Clinic, span: tuple[Instant, Instant]) -> QuerySet[Booking]:
    return Booking.objects.filter(
        clinic=clinic, cancelled_at=None, starts_at__lt=span[1], ends_at__gt=span[0]
    ).select_related("room", "staff")


def _taken(
    asked: Asked, clinic: Clinic, span: tuple[Instant, Instant], loose: set[UUID], given: set[UUID]
) -> list[dict[str, Any]]:
    """What is booked and stays: for others without a name, for those whose courses are asked for with theirs."""
    theirs = {patient.id: name for name, patient in asked.patients.items()}
    rooms = {room.id: name for name, room in asked.rooms.items()}
    people = {user.id: name for name, user in asked.people.items()}
    found = []
    for one in _standing(clinic, span).exclude(id__in=loose).order_by("starts_at"):
        body: dict[str, Any] = {
            "patient": theirs.get(one.patient_id, "another patient"),
            "kind": one.kind,
            "number": one.number,
            "start": _said(clinic, one.starts_at),
            "end": _said(clinic, one.ends_at),
            "room": rooms.get(one.room_id) if one.room_id else None,
            "format": one.format,
            "given": one.id in given,
        }
        named = [each for each in one.cover if UUID(each["person"]) in people]
        body["cover"] = [
            {"role": each["role"], "name": people[UUID(each["person"])], "from": each["from"], "to": each["to"]}
            for each in named
        ]
        if one.staff_id in people and not any(each["role"] == "therapist" for each in named):
            whole = {"from": body["start"], "to": body["end"]}
            body["cover"].append({"role": "therapist", "name": people[one.staff_id], **whole})
        asked.taken.append(one)
        found.append(body)
    return found


@dataclass(frozen=True, slots=True)
class Times:
    """One booking that could be made, as a page shows it."""

    kind: str
    number: int
    starts_at: Instant
    ends_at: Instant
    room: Room | None
    people: tuple[str, ...]
    therapist: User | None
    cover: list[dict[str, str]]

    def dose_ends_at(self, policy: Policy, format_id: str) -> Instant | None:
        """When the dose is planned to end; None for what is no dose."""
        if self.kind != BookingKind.DOSING:
            return None
        return Instant(self.starts_at + timedelta(minutes=stay_min(format_id, policy)[0]))


@dataclass(frozen=True, slots=True)
class Option:
    """One way to book a course."""

    doses: tuple[Times, ...]
    visits: dict[int, Times]
    preparations: tuple[Times, ...]

    @property
    def starts(self) -> tuple[Instant, ...]:
        """When everything begins, in order: what a page shows and a signature names."""
        every = (*self.doses, *self.visits.values(), *self.preparations)
        return tuple(sorted(one.starts_at for one in every))


def options(
    clinic: Clinic, policy: Policy, wish: Wish, at: Instant, count: int = 3
) -> tuple[list[Option], list[str]]:
    """The best ways to book a course, the first the best; or none, with why and what would help."""
    # The solver takes a second to load; nothing but a booking needs it.
    from kapstone.clinic.ground.bookings.solving.solver import alternatives
    from kapstone.clinic.ground.bookings.solving.why import explain

    asked = ask(clinic, policy, [wish], at)
    plans = alternatives(asked.problem(), count, SECONDS)
    if not plans[0].found:
        return [], explain(asked.document, plans[0])
    return [option(asked, plan.bookings) for plan in plans if plan.found], []


def option(asked: Asked, placed: Iterable[Placed]) -> Option:
    """A plan's bookings of one patient as times with their records."""
    doses, visits, preparations = [], {}, []
    for one in placed:
        times = times_from(asked, one)
        if one.kind == BookingKind.DOSING:
            doses.append(times)
        elif one.kind == BookingKind.INTEGRATION:
            visits[one.number] = times
        else:
            preparations.append(times)
    return Option(tuple(doses), visits, tuple(preparations))


def times_from(asked: Asked, one: Placed) -> Times:
    """One placed booking with its room and people."""
    therapist = next((cover.name for cover in one.cover if cover.role == "therapist"), None)
    return Times(
        one.kind,
        one.number,
        _moment(one.span.start),
        _moment(one.span.end),
        asked.rooms[one.room] if one.room else None,
        tuple(sorted({cover.name for cover in one.cover})),
        asked.people[therapist] if therapist else None,
        cover_of(asked, one.cover),
    )


def cover_of(asked: Asked, cover: Iterable[Cover]) -> list[dict[str, str]]:
    """Who is there when, as a booking keeps it."""
    return [
        {
            "role": each.role,
            "name": asked.people[each.name].name,
            "person": str(asked.people[each.name].id),
            "from": _moment(each.span.start).isoformat(),
            "to": _moment(each.span.end).isoformat(),
        }
        for each in cover
    ]


def _moment(minute: int) -> Instant:
    return Instant(datetime.fromtimestamp(minute * 60, tz=UTC))
