"""Reads a booking problem from its JSON document, strictly: a sentence names the field and what would be right."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kapstone.care.evaluation.strict_json import BadJson, read_json
from kapstone.care.plan import TherapyForm

from .problem import NEAREST, WIDEST, Booking, Cover, Day, Format, Patient, Person, Presence, Problem, Room, Span

LONGEST_DAYS = 120
MOST_PATIENTS = 500
KINDS = ("dosing", "integration", "preparation")


class BadProblem(ValueError):
    """One sentence that names the field and what would be right."""


def read_problem(text: str) -> Problem:
    """The problem of a document. BadProblem says what is wrong with it."""
    try:
        return read_document(read_json(text))
    except BadJson as bad:
        raise BadProblem(str(bad)) from None


def read_document(document: object) -> Problem:
    """The problem of a document that is JSON already. BadProblem says what is wrong with it."""
    return _problem(Fields("the problem", document))


@dataclass(frozen=True, slots=True)
class Fields:
    """One object of the document, with where it stands."""

    where: str
    value: object

    def __post_init__(self) -> None:
        if not isinstance(self.value, Mapping):
            raise BadProblem(f"{self.where} is an object, such as {{}}.")

    def _raw(self, name: str) -> object:
        assert isinstance(self.value, Mapping)
        return self.value.get(name)

    def only(self, *names: str) -> None:
        """Refuses a field that is not known: a slip of the pen would else be dropped in silence."""
        assert isinstance(self.value, Mapping)
        for name in self.value:
            if name not in names:
                raise BadProblem(f"{self.where}: “{name}” is no field; there are {', '.join(names)}.")

    def text(self, name: str, default: str | None = None) -> str:
        """A text that is not empty."""
        found = self._raw(name)
        if found is None and default is not None:
            return default
        if not isinstance(found, str) or not found.strip():
            raise BadProblem(f"{self.where}: “{name}” is a text.")
        return found

    def one_of(self, name: str, allowed: Iterable[str], default: str | None = None) -> str:
        """One of a few words."""
        found, choices = self.text(name, default), list(allowed)
        if found not in choices:
            raise BadProblem(f"{self.where}: “{name}” is one of {', '.join(choices)}, not “{found[:40]}”.")
        return found

    def whole(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number within two ends."""
        found = self._raw(name)
        if found is None and default is not None:
            return default
        if not isinstance(found, int) or isinstance(found, bool) or not low <= found <= high:
            raise BadProblem(f"{self.where}: “{name}” is a whole number from {low} to {high}.")
        return found

    def switch(self, name: str) -> bool:
        """True or false; false where it is left out."""
        found = self._raw(name)
        if found is not None and not isinstance(found, bool):
            raise BadProblem(f"{self.where}: “{name}” is true or false.")
        return bool(found)

    def texts(self, name: str) -> frozenset[str]:
        """A list of texts; empty where it is left out."""
        found = self._raw(name)
        if found is None:
            return frozenset()
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise BadProblem(f"{self.where}: “{name}” is a list of texts.")
        return frozenset(found)

    def pair(self, name: str, low: int, high: int, default: tuple[int, int]) -> tuple[int, int]:
        """Two whole numbers, the smaller first."""
        found = self._raw(name)
        if found is None:
            return default
        if not isinstance(found, list) or len(found) != 2 or not all(type(one) is int for one in found):
            raise BadProblem(f"{self.where}: “{name}” is a list of two whole numbers, such as [2, 5].")
        if not low <= found[0] <= found[1] <= high:
            raise BadProblem(f"{self.where}: “{name}” goes from {low} to {high}, the smaller number first.")
        return found[0], found[1]

    def pairs(self, name: str, low: int, high: int) -> tuple[tuple[int, int], ...]:
        """A list of pairs; empty where it is left out."""
        found = self._raw(name)
        if found is not None and not isinstance(found, list):
            raise BadProblem(f"{self.where}: “{name}” is a list of pairs of whole numbers, such as [[2, 5], [7, 9]].")
        return tuple(Fields(self.where, {name: one}).pair(name, low, high, (low, high)) for one in found or [])

    def each(self, name: str, needed: bool = False) -> list["Fields"]:
        """A list of objects; empty where it is left out and not needed."""
        found = self._raw(name)
        if found is None and not needed:
            return []
        if not isinstance(found, list) or (needed and not found):
            raise BadProblem(f"{self.where}: “{name}” is a list of objects, with at least one.")
        return [Fields(f"{self.where}, {name} {place}", one) for place, one in enumerate(found, 1)]

    def inner(self, name: str) -> "Fields":
        """An object."""
        return Fields(f"{self.where}, {name}", self._raw(name))

    def day(self, name: str, default: date | None = None) -> date:
        """A local date."""
        if self._raw(name) is None and default is not None:
            return default
        return _date(self.text(name), f"{self.where}: “{name}” is a date from {YEARS}, such as 2026-12-01.")

    def clock(self, name: str, default: str | None = None) -> time:
        """A time of day, such as 08:00; 24:00 is not one."""
        found = self.text(name, default)
        if not re.fullmatch(r"\d\d:\d\d", found):
            raise BadProblem(f"{self.where}: “{name}” is a time of day, such as 08:00.")
        try:
            return time.fromisoformat(found)
        except ValueError:
            raise BadProblem(f"{self.where}: “{name}” is a time of day from 00:00 to 23:59.") from None

    def minute(self, name: str) -> int:
        """A moment with its offset, as minutes since 1970."""
        try:
            found = datetime.fromisoformat(self.text(name))
        except ValueError:
            raise BadProblem(f"{self.where}: “{name}” is a moment, such as 2026-12-01T09:00-05:00.") from None
        if found.tzinfo is None:
            raise BadProblem(f"{self.where}: “{name}” needs its offset from UTC, such as 2026-12-01T09:00-05:00.")
        return int(found.timestamp()) // 60

    def has(self, name: str) -> bool:
        """Whether a field is given."""
        return self._raw(name) is not None


YEARS_KEPT = range(2000, 2101)
YEARS = f"{YEARS_KEPT[0]} to {YEARS_KEPT[-1]}"
TOP = (
    *("zone", "from", "until", "grid_min", "visit_min", "landing_min", "overrun_min", "window_h", "day", "formats"),
    *("rooms", "staff", "patients", "booked", "plan", "orphans"),
)


def _problem(top: Fields) -> Problem:
    """The problem of the top object."""
    top.only(*TOP)
    zone = _zone(top, "zone")
    first, last = top.day("from"), top.day("until")
    if not 0 <= (last - first).days < LONGEST_DAYS:
        raise BadProblem(f"{top.where}: “until” is from 0 to {LONGEST_DAYS - 1} days after “from”.")
    calendar = Calendar(first, last, zone)
    _once((one.text("id") for one in top.each("formats", needed=True)), "format")
    formats = {one.text("id"): _format(one) for one in top.each("formats", needed=True)}
    days = _days(top.inner("day"), calendar)
    opens, closes = top.pair("window_h", 0, 24 * 14, (24, 48))
    visit_min = top.whole("visit_min", 5, 240, 60)
    patients = tuple(_patient(one, calendar, formats) for one in top.each("patients"))
    if len(patients) > MOST_PATIENTS:
        raise BadProblem(f"{top.where}: at most {MOST_PATIENTS} patients at once; book the others afterwards.")
    staff = tuple(_person(one, calendar) for one in top.each("staff", needed=True))
    rooms = tuple(_room(one) for one in top.each("rooms", needed=True))
    _once((one.name for one in patients), "patient")
    _once((one.name for one in staff), "member of staff")
    _once((one.name for one in rooms), "room")
    taken = tuple(_booking(one) for one in top.each("booked"))
    patients = tuple(_with_booked(one, taken, calendar) for one in patients)
    for one in patients:
        _visits_apart(one, (closes - opens) * 60, max(day.last_start - day.open.start for day in days))
    therapists = {one.name for one in staff if "therapist" in one.roles}
    for one in patients:
        if one.therapist is not None and one.therapist not in therapists:
            raise BadProblem(f"patient {one.name}: no therapist on the staff is called “{one.therapist}”.")
    return Problem(
        zone=zone,
        days=days,
        grid_min=top.whole("grid_min", 5, 240, 30),
        visit_min=visit_min,
        landing_min=top.whole("landing_min", 0, 240, 30),
        overrun_min=top.whole("overrun_min", 0, 240, 0),
        window=Span(opens * 60, closes * 60),
        formats=formats,
        rooms=rooms,
        staff=staff,
        patients=patients,
        taken=taken,
        base=tuple(_booking(one) for one in top.each("plan")),
        orphans=top.switch("orphans"),
        all_days=calendar.spans(),
    )


def _visits_apart(patient: Patient, window_min: int, spread_min: int) -> None:
    """Refused where two doses may come so near each other that a visit could belong to both. `spread_min` is how much
    later in the day one dose may begin than another."""
    least = min((patient.gap_after(one)[0] for one in patient.numbers[:-1]), default=None)
    if least is not None and window_min >= least * 24 * 60 - spread_min:
        raise BadProblem(
            f"patient {patient.name}: a window of {window_min // 60} hours is too wide for doses that are {least} "
            "days apart; a visit could belong to two of them."
        )


def _with_booked(patient: Patient, taken: Iterable[Booking], calendar: "Calendar") -> Patient:
    """A patient with what is booked for them already: they are not free then, and the next dose follows the last."""
    mine = [one for one in taken if one.patient == patient.name]
    doses = [one for one in mine if one.kind == "dosing"]
    before = [calendar.day_of(one.span.start) for one in doses if one.given or one.number <= patient.given]
    free = without(patient.free, [one.span for one in mine])
    return replace(
        patient,
        free=free,
        free_for_visits=free,
        held=frozenset(calendar.day_of(one.span.start) for one in doses),
        after=max(before, default=None),
    )


def _zone(fields: Fields, name: str, default: str | None = None) -> ZoneInfo:
    try:
        return ZoneInfo(fields.text(name, default))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadProblem(
            f"{fields.where}: “{name}” is a time zone by its IANA name, such as America/New_York."
        ) from None


def _once(names: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise BadProblem(f"The {what} “{name}” stands twice; give each a name of its own.")
        seen.add(name)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The local days of a horizon; visits may fall up to two weeks beyond its last dose day."""

    first: date
    last: date
    zone: ZoneInfo
    beyond: int = 3

    def day_of(self, minute: int) -> int:
        """The local day of a minute, counted from the first; negative before it."""
        return (datetime.fromtimestamp(minute * 60, tz=self.zone).date() - self.first).days

    def dates(self) -> list[date]:
        """Every day, also those beyond the last dose."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1 + self.beyond)]

    def spans(self) -> tuple[Span, ...]:
        """Every day from its midnight to the next."""
        return tuple(
            Span(self.at(day, time(), self.zone), self.at(day + timedelta(days=1), time(), self.zone))
            for day in self.dates()
        )

    @staticmethod
    def at(day: date, clock: time, zone: ZoneInfo) -> int:
        """A wall-clock time as a minute."""
        return int(datetime.combine(day, clock, tzinfo=zone).timestamp()) // 60

    def weekly(self, patterns: list[Fields], zone: ZoneInfo) -> tuple[Span, ...]:
        """Spans of a weekly pattern on every day of the horizon; touching ones are joined."""
        found = []
        for one in patterns:
            one.only("weekdays", "from", "to", "first_day", "last_day")
            weekdays, start, end = _weekdays(one), one.clock("from"), one.clock("to")
            if end <= start:
                raise BadProblem(f"{one.where}: “to” is later than “from”.")
            found += [
                Span(self.at(day, start, zone), self.at(day, end, zone))
                for day in self.dates()
                if day.weekday() in weekdays and one.day("first_day", day) <= day <= one.day("last_day", day)
            ]
        return joined(found)


def _weekdays(fields: Fields) -> frozenset[int]:
    found = fields._raw("weekdays")
    if found is None:
        return frozenset(range(7))
    if not isinstance(found, list) or not all(type(one) is int and 0 <= one <= 6 for one in found):
        raise BadProblem(f"{fields.where}: “weekdays” is a list of numbers, 0 for Monday to 6 for Sunday.")
    return frozenset(found)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same minutes in as few spans as there can be."""
    found: list[Span] = []
    for one in sorted(spans):
        if found and one.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return tuple(found)


def without(spans: Iterable[Span], gone: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of spans where others are taken out."""
    left = list(spans)
    for hole in gone:
        left = [
            part
            for one in left
            for part in (Span(one.start, min(one.end, hole.start)), Span(max(one.start, hole.end), one.end))
            if part.start < part.end
        ]
    return joined(left)


def _spans(fields: Fields, name: str) -> tuple[Span, ...]:
    """Moments from and to."""
    found = []
    for one in fields.each(name):
        one.only("from", "to")
        span = Span(one.minute("from"), one.minute("to"))
        if span.end <= span.start:
            raise BadProblem(f"{one.where}: “to” is later than “from”.")
        found.append(span)
    return tuple(found)


def _days(fields: Fields, calendar: Calendar) -> tuple[Day, ...]:
    fields.only("opens", "closes", "last_start", "weekdays", "closed")
    opens, closes = fields.clock("opens"), fields.clock("closes")
    last = fields.clock("last_start", f"{closes:%H:%M}")
    if not opens < closes or not opens <= last <= closes:
        raise BadProblem(f"{fields.where}: “opens” comes before “last_start”, and that not after “closes”.")
    weekdays, closed = _weekdays(fields), set(_dates(fields, "closed"))
    found = []
    for day in calendar.dates()[: -calendar.beyond]:
        start, end, latest = (calendar.at(day, one, calendar.zone) for one in (opens, closes, last))
        shut = day in closed or day.weekday() not in weekdays
        found.append(Day(day, Span(start, start if shut else end), start - 1 if shut else latest))
    return tuple(found)


def _dates(fields: Fields, name: str) -> list[date]:
    """A list of local dates."""
    wrong = f"{fields.where}: “{name}” is a list of dates from {YEARS}, such as 2026-12-25."
    return [_date(one, wrong) for one in sorted(fields.texts(name))]


def _date(text: str, wrong: str) -> date:
    """A date as year, month, day with strokes, in a year that a calendar is kept for."""
    try:
        found = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        found = None
    if found is None or found.year not in YEARS_KEPT:
        raise BadProblem(wrong)
    return found


def _format(fields: Fields) -> Format:
    fields.only(
        "id", "arrive_min", "give_min", "observe_min", "close_min", "patients_per_nurse_giving",
        "patients_per_nurse_observing", "patients_per_prescriber", "needs_companion",
    )  # fmt: skip
    give = fields.whole("give_min", 0, 600)
    return Format(
        id=fields.text("id"),
        arrive_min=fields.whole("arrive_min", 0, 240, 30),
        give_min=give,
        observe_min=fields.whole("observe_min", 0, 600),
        close_min=fields.whole("close_min", 0, 600, give),
        patients_per_nurse_giving=fields.whole("patients_per_nurse_giving", 1, 20, 1),
        patients_per_nurse_observing=fields.whole("patients_per_nurse_observing", 1, 20, 3),
        patients_per_prescriber=fields.whole("patients_per_prescriber", 1, 50, 4),
        needs_companion=fields.switch("needs_companion"),
    )


def _room(fields: Fields) -> Room:
    fields.only("name", "kind", "chairs", "closed")
    kind = fields.one_of("kind", ("treatment", "therapy"))
    return Room(fields.text("name"), kind, fields.whole("chairs", 1, 20, 1), _spans(fields, "closed"))


def _person(fields: Fields, calendar: Calendar) -> Person:
    fields.only("name", "roles", "skills", "hours", "remote_hours", "breaks", "away", "only_for")
    roles = fields.texts("roles")
    if len(roles) != 1 or not roles <= {"prescriber", "nurse", "therapist"}:
        raise BadProblem(
            f"{fields.where}: “roles” lists one of prescriber, nurse, therapist; nobody is two of them at once."
        )
    hours = calendar.weekly(fields.each("hours", needed=True), calendar.zone)
    breaks = calendar.weekly(fields.each("breaks"), calendar.zone)
    gone = (*breaks, *_spans(fields, "away"))
    calls = (*hours, *calendar.weekly(fields.each("remote_hours"), calendar.zone))
    works = without(hours, gone)
    only = fields.texts("only_for") if fields.has("only_for") else None
    return Person(fields.text("name"), roles, fields.texts("skills"), works, without(joined(calls), gone), only)


PATIENT = (
    *("name", "format", "doses", "given", "gap_days", "gaps", "most_per_week", "earliest", "latest", "therapy"),
    *(
        "therapist",
        "presence",
        "needs",
        "zone",
        "available",
        "away",
        "companion",
        "preparation",
        "prefers",
        "not_before",
        "not_on",
        "only",
    ),
)


def _patient(fields: Fields, calendar: Calendar, formats: Mapping[str, Format]) -> Patient:
    fields.only(*PATIENT)
    name, format_id = fields.text("name"), fields.one_of("format", formats)
    at = Fields(f"patient {name}", fields.value)
    own_zone = _zone(at, "zone", calendar.zone.key)
    horizon = (Span(calendar.spans()[0].start, calendar.spans()[-1].end),)
    away = _spans(at, "away")
    free = without(calendar.weekly(at.each("available"), own_zone) if at.has("available") else horizon, away)
    doses = at.whole("doses", 1, 40)
    if at.has("earliest") and at.has("latest") and at.day("latest") < at.day("earliest"):
        raise BadProblem(f"{at.where}: “latest” is not before “earliest”.")
    return Patient(
        name=name,
        format=format_id,
        doses=doses,
        gap_days=at.pair("gap_days", NEAREST, WIDEST, (2, 5)),
        gaps=at.pairs("gaps", NEAREST, WIDEST),
        most_per_week=at.whole("most_per_week", 1, 7, 2),
        first=(at.day("earliest", calendar.first) - calendar.first).days,
        last=(at.day("latest", calendar.last) - calendar.first).days,
        therapy=TherapyForm(at.one_of("therapy", (one.value for one in TherapyForm), TherapyForm.EACH_DOSE.value)),
        therapist=at.text("therapist") if at.has("therapist") else None,
        presence=Presence(at.one_of("presence", (one.value for one in Presence), Presence.NONE.value)),
        needs=at.texts("needs"),
        free=free,
        free_for_visits=free,
        companion_free=_companion(at, calendar, own_zone) if formats[format_id].needs_companion else None,
        preparation=at.whole("preparation", 0, 3, 0),
        given=at.whole("given", 0, doses - 1, 0),
        prefers_min=_minutes(at, "prefers"),
        not_before_min=_minutes(at, "not_before") or 0,
        not_on=frozenset((one - calendar.first).days for one in _dates(at, "not_on")),
        only=_only(at),
    )


def _companion(fields: Fields, calendar: Calendar, zone: ZoneInfo) -> tuple[Span, ...] | None:
    """When the companion can fetch the patient; None where nothing is said, which asks for nothing."""
    if not fields.has("companion"):
        return None
    inner = fields.inner("companion")
    inner.only("available")
    return calendar.weekly(inner.each("available", needed=True), zone)


def _minutes(fields: Fields, name: str) -> int | None:
    """A time of day in minutes from midnight."""
    if not fields.has(name):
        return None
    clock = fields.clock(name)
    return clock.hour * 60 + clock.minute


def _only(fields: Fields) -> frozenset[int] | None:
    """The moments at which bookings may begin, where only those are asked for."""
    if not fields.has("only"):
        return None
    return frozenset(Fields(fields.where, {"only": one}).minute("only") for one in fields.texts("only"))


def _booking(fields: Fields) -> Booking:
    fields.only("patient", "kind", "number", "start", "end", "room", "staff", "format", "cover", "given")
    span = Span(fields.minute("start"), fields.minute("end"))
    if span.end <= span.start:
        raise BadProblem(f"{fields.where}: “end” is later than “start”.")
    kind = fields.one_of("kind", KINDS)
    cover = tuple(_cover(one) for one in fields.each("cover"))
    if not cover and kind != "dosing":
        cover = tuple(Cover("therapist", name, span) for name in sorted(fields.texts("staff")))
    return Booking(
        patient=fields.text("patient"),
        kind=kind,
        number=fields.whole("number", 1, 99),
        span=span,
        room=fields.text("room") if fields.has("room") else None,
        cover=cover,
        format=fields.text("format", "") if fields.has("format") else "",
        given=fields.switch("given"),
    )


def _cover(fields: Fields) -> Cover:
    fields.only("role", "name", "from", "to")
    return Cover(fields.text("role"), fields.text("name"), Span(fields.minute("from"), fields.minute("to")))
