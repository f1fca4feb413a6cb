"""Reads when people and rooms can be booked, and a patient's own times."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.models import Closed, HoursKind, PatientTimes, Room, Skill, StaffHours
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Clinic, Patient, User
from kapstone.clinic.ground.people.queries import staff_with
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import visible

WORKDAYS = [0, 1, 2, 3, 4]


def lines(act: Act) -> QuerySet[StaffHours]:
    """Every line of hours that counts, by person."""
    today = act.at.astimezone(act.clinic.zone).date()
    found = visible(act, StaffHours).filter(end=None).exclude(last_day__lt=today)
    return found.select_related("person").order_by("person__name", "kind", "weekdays", "starts")


def closings(act: Act) -> QuerySet[Closed]:
    """Absences and closings that are not over, the next first."""
    found = visible(act, Closed).filter(end=None, ends_at__gt=act.at)
    return found.select_related("person", "room").order_by("starts_at")


def hours_of(
    clinic: Clinic, people: Iterable[User], span: tuple[Instant, Instant]
) -> dict[UUID, dict[str, list[dict[str, Any]]]]:
    """Everybody's weekly hours by kind, as the solver reads them.

    Who has none written down works when the clinic is open; so does everybody on the days before their first line.
    After the last day of their last line nobody is there until more is written.
    """
    first, last = (one.astimezone(clinic.zone).date() for one in span)
    found = {one.id: {kind: [] for kind in HoursKind.values} for one in people}  # type: dict[UUID, Any]
    begins: dict[UUID, date] = {}
    written = StaffHours.objects.filter(clinic=clinic, person__in=list(found), end=None).order_by(
        "weekdays", "starts"
    )
    for one in written:
        if one.kind == HoursKind.WORK:
            begins[one.person_id] = min(one.first_day, begins.get(one.person_id, one.first_day))
        if one.first_day <= last and (one.last_day is None or one.last_day >= first):
            body: dict[str, Any] = {
                "weekdays": [int(digit) for digit in one.weekdays],
                "from": f"{one.starts:%H:%M}",
                "to": f"{one.ends:%H:%M}",
                "first_day": one.first_day.isoformat(),
            }
            ends = {"last_day": one.last_day.isoformat()} if one.last_day else {}
            found[one.person_id][one.kind].append(body | ends)
    open_ = {"weekdays": WORKDAYS, "from": f"{clinic.opens:%H:%M}", "to": f"{clinic.closes:%H:%M}"}
    for person, lines in found.items():
        if person not in begins:
            lines[HoursKind.WORK].append(open_)
        elif begins[person] > first:
            lines[HoursKind.WORK].append(open_ | {"last_day": (begins[person] - timedelta(days=1)).isoformat()})
    return found


def skills_of(clinic: Clinic) -> dict[UUID, list[str]]:
    """What each of the staff can do that a patient may need."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for person, name in Skill.objects.filter(clinic=clinic).order_by("name").values_list("person_id", "name"):
        found[person].append(name)
    return found


def skills(act: Act) -> QuerySet[Skill]:
    """Everybody's skills, by person."""
    return visible(act, Skill).select_related("person").order_by("person__name", "name")


def closed_within(clinic: Clinic, starts: Instant, ends: Instant) -> list[Closed]:
    """Every absence and closing that meets a span."""
    found = Closed.objects.filter(clinic=clinic, end=None, starts_at__lt=ends, ends_at__gt=starts)
    return list(found.order_by("starts_at"))


def gone(
    closed: Iterable[Closed], *, person: User | None = None, room: Room | None = None
) -> list[tuple[datetime, datetime]]:
    """When a person is away or a room is closed, of these; the whole clinic's closings count for both."""
    return [
        (one.starts_at, one.ends_at)
        for one in closed
        if (one.person_id is None and one.room_id is None)
        or (person is not None and one.person_id == person.id)
        or (room is not None and one.room_id == room.id)
    ]


def closed_days(clinic: Clinic, closed: Iterable[Closed], starts: Instant, ends: Instant) -> list[date]:
    """Local days of a span on which the whole clinic is closed from its opening to its closing."""
    found = set()
    for one in closed:
        if one.person_id is not None or one.room_id is not None:
            continue
        day = max(one.starts_at, starts).astimezone(clinic.zone).date()
        while day <= min(one.ends_at, ends).astimezone(clinic.zone).date():
            opens, closes = (
                datetime.combine(day, clock, tzinfo=clinic.zone) for clock in (clinic.opens, clinic.closes)
            )
            if one.starts_at <= opens and closes <= one.ends_at:
                found.add(day)
            day += timedelta(days=1)
    return sorted(found)


def times_of(patient: Patient) -> PatientTimes | None:
    """The patient's own times as last told."""
    return PatientTimes.objects.filter(patient=patient).order_by("at", "id").last()


def staff_in_calendar(clinic: Clinic, at: Instant) -> list[User]:
    """Everybody who can be booked, by name."""
    roles = (Role.PRESCRIBER, Role.NURSE, Role.THERAPIST, Role.GUEST_THERAPIST)
    found = {user.id: user for role in roles for user in staff_with(clinic, role, at)}
    return sorted(found.values(), key=lambda one: one.name)
