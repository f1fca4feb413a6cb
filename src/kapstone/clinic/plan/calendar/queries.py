"""What the day's and the week's pages show: chairs and rooms with their bookings, and people with theirs."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kapstone.care.quantities import Instant
from kapstone.care.quantities.moments import instant
from kapstone.clinic.ground.bookings.hours.queries import closings
from kapstone.clinic.ground.bookings.models import Booking, Closed, Room
from kapstone.clinic.ground.bookings.queries import on_day
from kapstone.clinic.ground.people.act import Act


@dataclass(frozen=True, slots=True)
class Lane:
    """One room or one person of a day, with what is booked there in time order."""

    name: str
    hint: str
    bookings: tuple[Booking, ...]
    away: tuple[Closed, ...]


@dataclass(frozen=True, slots=True)
class DayPage:
    """One local day."""

    day: date
    rooms: tuple[Lane, ...]
    people: tuple[Lane, ...]
    count: int
    whole: tuple[Closed, ...]


def day_span(act: Act, day: date) -> tuple[Instant, Instant]:
    """A local day from its midnight to the next."""
    starts, ends = (datetime.combine(one, time(), tzinfo=act.clinic.zone) for one in (day, day + timedelta(days=1)))
    return instant(starts), instant(ends)


def day_page(act: Act, day: date) -> DayPage:
    """Everything of one day, by room and by person."""
    starts, ends = day_span(act, day)
    booked = tuple(on_day(act, starts, ends))
    closed = tuple(closings(act).filter(starts_at__lt=ends, ends_at__gt=starts))
    rooms = [_room(room, booked, closed) for room in Room.objects.filter(clinic=act.clinic).order_by("-kind", "name")]
    remote = tuple(one for one in booked if one.remote)
    if remote:
        rooms.append(Lane("By video", "no room", remote, ()))
    whole = tuple(one for one in closed if one.person_id is None and one.room_id is None)
    return DayPage(day, tuple(rooms), tuple(_people(booked, closed)), len(booked), whole)


def _room(room: Room, booked: tuple[Booking, ...], closed: tuple[Closed, ...]) -> Lane:
    chairs = f"{room.chairs} chairs" if room.chairs > 1 else room.get_kind_display().lower()
    return Lane(
        room.name,
        chairs,
        tuple(one for one in booked if one.room_id == room.id),
        tuple(one for one in closed if one.room_id == room.id),
    )


def _people(booked: tuple[Booking, ...], closed: tuple[Closed, ...]) -> list[Lane]:
    """Everybody who is with somebody that day, or away, by name."""
    found: dict[str, tuple[str, list[Booking]]] = {}
    for one in booked:
        for each in one.cover:
            mine = found.setdefault(each["name"], (each["role"], []))[1]
            if one not in mine:
                mine.append(one)
    away: dict[str, list[Closed]] = {}
    for gone in closed:
        if gone.person is not None:
            away.setdefault(gone.person.name, []).append(gone)
    names = sorted({*found, *away})
    return [
        Lane(
            name,
            found[name][0] if name in found else "away",
            tuple(found[name][1]) if name in found else (),
            tuple(away.get(name, ())),
        )
        for name in names
    ]


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of a week in one card: its bookings in time order."""

    day: date
    bookings: tuple[Booking, ...]
    closed: bool


def week(act: Act, day: date) -> list[WeekDay]:
    """The week that holds this day, from Monday on; a weekend only where something is on it."""
    monday = day - timedelta(days=day.weekday())
    found = []
    for n in range(7):
        one = monday + timedelta(days=n)
        starts, ends = day_span(act, one)
        booked = tuple(on_day(act, starts, ends))
        whole = closings(act).filter(person=None, room=None, starts_at__lte=starts, ends_at__gte=ends).exists()
        if booked or n < 5:
            found.append(WeekDay(one, booked, whole))
    return found


def room_choices(act: Act) -> list[tuple[str, str]]:
    """The clinic's rooms for a list to choose from."""
    return [(str(one.id), one.name) for one in Room.objects.filter(clinic=act.clinic).order_by("-kind", "name")]
