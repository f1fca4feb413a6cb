"""Reads when people and rooms can be booked, and a patient's own times."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

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


def hours_of(clinic: Clinic, person: User, span: tuple[Instant, Instant]) -> dict[str, list[dict[str, Any]]]:
    """Somebody's weekly hours by kind, as the solver reads them. Who has none works when the clinic is open."""
    first, last = (one.astimezone(clinic.zone).date() for one in span)
    found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in HoursKind.values}
    written = StaffHours.objects.filter(clinic=clinic, person=person, end=None, first_day__lte=last)
    for one in written.filter(Q(last_day=None) | Q(last_day__gte=first)).order_by("weekdays", "starts"):
        body: dict[str, Any] = {
            "weekdays": [int(digit) for digit in one.weekdays],
            "from": f"{one.starts:%H:%M}",
            "to": f"{one.ends:%H:%M}",
            "first_day": one.first_day.isoformat(),
        }
        found[one.kind].append(body | ({"last_day": one.last_day.isoformat()} if one.last_day else {}))
    if not found[HoursKind.WORK]:
        found[HoursKind.WORK] = [
            {"weekdays": WORKDAYS, "from": f"{clinic.opens:%H:%M}", "to": f"{clinic.closes:%H:%M}"}
        ]
    return found


def skills_of(clinic: Clinic, person: User) -> list[str]:
    """What somebody can do that a patient may need."""
    return sorted(Skill.objects.filter(clinic=clinic, person=person).values_list("name", flat=True))


def skills(act: Act) -> QuerySet[Skill]:
    """Everybody's skills, by person."""
    return visible(act, Skill).select_related("person").order_by("person__name", "name")


def gone(
    clinic: Clinic, starts: Instant, ends: Instant, *, person: User | None = None, room: Room | None = None
) -> list[tuple[datetime, datetime]]:
    """When a person is away or a room is closed within a span; the whole clinic's closings count for both."""
    whole = Q(person=None, room=None)
    mine = Q(person=person) if person else Q(room=room) & ~Q(room=None)
    found = Closed.objects.filter(whole | mine, clinic=clinic, end=None, starts_at__lt=ends, ends_at__gt=starts)
    return list(found.order_by("starts_at").values_list("starts_at", "ends_at"))


def closings_from(clinic: Clinic, moment: Instant) -> QuerySet[Closed]:
    """Everything that is away or closed from a moment on, whoever asks."""
    return Closed.objects.filter(clinic=clinic, end=None, ends_at__gt=moment).order_by("starts_at")


def closed_days(clinic: Clinic, starts: Instant, ends: Instant) -> list[date]:
    """Local days on which the whole clinic is closed from its opening to its closing."""
    found = set()
    closings = Closed.objects.filter(
        clinic=clinic, person=None, room=None, end=None, starts_at__lt=ends, ends_at__gt=starts
    )
    for one in closings:
        day = one.starts_at.astimezone(clinic.zone).date()
        while day <= one.ends_at.astimezone(clinic.zone).date():
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
