"""Writes when people and rooms can be booked. Lines are added and ended; nothing that is booked moves by this."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.hours.queries import closings, lines, skills_of, staff_in_calendar
from kapstone.clinic.ground.bookings.models import Closed, HoursEnd, HoursKind, PatientTimes, Room, Skill, StaffHours
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient, User
from kapstone.clinic.ground.people.queries import me, patient_of


@dataclass(frozen=True, slots=True)
class NewHours:
    """The same hours every week. Without a last day they go on until they are ended."""

    person_id: UUID
    kind: str
    weekdays: frozenset[int]
    starts: time
    ends: time
    first_day: date
    last_day: date | None = None


@action("hours.keep")
def add_hours(act: Act, new: NewHours) -> StaffHours:
    """Adds a line of hours. Refused where it makes no sense."""
    person = _person(act, new.person_id)
    if not new.weekdays:
        raise Refused("Weekdays: choose at least one.", "weekdays")
    if new.ends <= new.starts:
        raise Refused("To: it is later than from.", "ends")
    if new.last_day and new.last_day < new.first_day:
        raise Refused("Last day: it comes before the first day.", "last_day")
    line = StaffHours.objects.create(
        id=uuid7(act.at),
        clinic=act.clinic,
        person=person,
        kind=HoursKind(new.kind),
        weekdays="".join(str(one) for one in sorted(new.weekdays)),
        starts=new.starts,
        ends=new.ends,
        first_day=new.first_day,
        last_day=new.last_day,
        made_at=act.at,
        made_by=act.person,
    )
    sign("hours added", line=line.id, person=person.id, kind=new.kind)
    return line


@action("hours.keep")
def end_hours(act: Act, line_id: UUID) -> None:
    """From now on the line counts no more."""
    line = lines(act).filter(id=line_id).first()
    if line is None:
        raise Refused("This line has already ended.")
    HoursEnd.objects.create(id=uuid7(act.at), clinic=act.clinic, line=line, at=act.at, by=act.person)
    sign("hours ended", line=line.id, person=line.person_id)


@action("hours.keep")
def close(act: Act, starts: Instant, ends: Instant, person_id: UUID | None, room_id: UUID | None) -> Closed:
    """Somebody is away, a room is closed or, without either, the whole clinic. Bookings stay until they are moved."""
    if ends <= starts:
        raise Refused("Until: it is later than from.", "ends")
    if ends <= act.at:
        raise Refused("Until: this is over already.", "ends")
    if person_id and room_id:
        raise Refused("Choose a person or a room, not both.", "room")
    person = _person(act, person_id) if person_id else None
    room = Room.objects.filter(clinic=act.clinic, id=room_id).first() if room_id else None
    if room_id and room is None:
        raise Refused("Choose a room of this clinic.", "room")
    made = Closed.objects.create(
        id=uuid7(act.at),
        clinic=act.clinic,
        person=person,
        room=room,
        starts_at=starts,
        ends_at=ends,
        made_at=act.at,
        made_by=act.person,
    )
    sign("closed", closed=made.id, person=person_id or "", room=room_id or "")
    return made


@action("hours.keep")
def reopen(act: Act, closed_id: UUID) -> None:
    """An absence or a closing counts no more."""
    found = closings(act).filter(id=closed_id).first()
    if found is None:
        raise Refused("This has already ended.")
    HoursEnd.objects.create(id=uuid7(act.at), clinic=act.clinic, closed=found, at=act.at, by=act.person)
    sign("reopened", closed=found.id)


@action("hours.keep")
def add_skill(act: Act, person_id: UUID, name: str) -> Skill:
    """Writes what somebody can do that a patient may need in a stand-in, such as a language."""
    person, said = _person(act, person_id), " ".join(name.split())
    if not said:
        raise Refused("Skill: write one, such as Spanish.", "skill")
    if said.casefold() in {one.casefold() for one in skills_of(act.clinic)[person.id]}:
        raise Refused(f"{person} has this skill already.", "skill")
    made = Skill.objects.create(
        id=uuid7(act.at), clinic=act.clinic, person=person, name=said[:40], made_at=act.at, made_by=act.person
    )
    sign("skill added", person=person.id, skill=made.id)
    return made


def _person(act: Act, person_id: UUID) -> User:
    found = next((one for one in staff_in_calendar(act.clinic, act.at) if one.id == person_id), None)
    if found is None:
        raise Refused("Choose somebody who works here and can be booked.", "person")
    return found


Weekly = list[dict[str, Any]]
"""Weekdays, from and to, as the solver reads them."""


@action("booking.move_own")
def tell_my_times(act: Act, zone: str, weekly: Weekly, companion_weekly: Weekly) -> PatientTimes:
    """Patients say when they can come and when somebody can fetch them."""
    return _tell(act, me(act), zone, weekly, companion_weekly, None)


@action("booking.keep")
def tell_times(
    act: Act, patient_id: UUID, zone: str, weekly: Weekly, companion_weekly: Weekly, needs: list[str]
) -> PatientTimes:
    """Staff write down a patient's times, and what a stand-in therapist must be able to do."""
    return _tell(act, patient_of(act, patient_id, "booking.see"), zone, weekly, companion_weekly, needs)


def _tell(
    act: Act, patient: Patient, zone: str, weekly: Weekly, companion: Weekly, needs: list[str] | None
) -> PatientTimes:
    if zone not in available_timezones():
        raise Refused("Zone: choose one of the list.", "zone")
    for one in (*weekly, *companion):
        if one["to"] <= one["from"]:
            raise Refused("To: it is later than from.")
    before = PatientTimes.objects.filter(patient=patient).order_by("at", "id").last()
    made = PatientTimes.objects.create(
        id=uuid7(act.at),
        clinic=act.clinic,
        patient=patient,
        at=act.at,
        by=act.person,
        zone_name=ZoneInfo(zone).key,
        weekly=weekly,
        companion_weekly=companion,
        needs=needs if needs is not None else before.needs if before else [],
    )
    sign("times told", patient.id, times=made.id)
    return made
