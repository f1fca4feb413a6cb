"""The JSON Schema of a booking problem, and an example to begin with. The reader is stricter, in sentences."""

from typing import Any

from .problem import NEAREST, WIDEST

DATE = {"type": "string", "format": "date", "description": "a local date, such as 2026-12-01"}
CLOCK = {"type": "string", "pattern": r"^\d\d:\d\d$", "description": "a local time of day, such as 08:00"}
MOMENT = {"type": "string", "format": "date-time", "description": "a moment with its offset from UTC"}
NAME = {"type": "string", "minLength": 1}
NAMES = {"type": "array", "items": NAME}
WEEKDAYS = {
    "type": "array",
    "items": {"type": "integer", "minimum": 0, "maximum": 6},
    "description": "0 is Monday; every day where it is left out",
}


def whole(low: int, high: int, words: str) -> dict[str, Any]:
    """A whole number."""
    return {"type": "integer", "minimum": low, "maximum": high, "description": words}


def objects(needed: list[str], fields: dict[str, Any], words: str = "") -> dict[str, Any]:
    """A list of objects."""
    return {"type": "array", "items": thing(needed, fields), **({"description": words} if words else {})}


def thing(needed: list[str], fields: dict[str, Any]) -> dict[str, Any]:
    """An object with no other fields."""
    return {"type": "object", "required": needed, "properties": fields, "additionalProperties": False}


WEEKLY = objects(
    ["from", "to"],
    {"weekdays": WEEKDAYS, "from": CLOCK, "to": CLOCK, "first_day": DATE, "last_day": DATE},
    "the same hours every week, between two days where they are given",
)
SPANS = objects(["from", "to"], {"from": MOMENT, "to": MOMENT})
COVER = objects(["role", "name", "from", "to"], {"role": NAME, "name": NAME, "from": MOMENT, "to": MOMENT})
BOOKINGS = objects(
    ["patient", "kind", "number", "start", "end"],
    {
        "patient": NAME,
        "kind": {"enum": ["dosing", "integration", "preparation"]},
        "number": whole(1, 99, "the dose's number, or the preparation's"),
        "start": MOMENT,
        "end": MOMENT,
        "room": {"type": ["string", "null"]},
        "staff": NAMES,
        "format": {"type": "string", "description": "the format of a dose, or of the course that a visit belongs to"},
        "cover": {**COVER, "description": "who is there when, in which role"},
        "given": {"type": "boolean", "description": "a dose that was given, of whatever course"},
    },
)
FORMATS = objects(
    ["id", "give_min", "observe_min"],
    {
        "id": NAME,
        "arrive_min": whole(0, 240, "from arrival to the start of the dose; 30 where it is left out"),
        "give_min": whole(0, 600, "from the start of the dose to its end; the visit's window counts from there"),
        "observe_min": whole(0, 600, "from the end of the dose until the patient may leave at the earliest"),
        "close_min": whole(0, 600, "how long the close watch lasts from the start of the dose; at least give_min"),
        "patients_per_nurse_giving": whole(1, 20, "in the close watch; 1 where it is left out"),
        "patients_per_nurse_observing": whole(1, 20, "before and after it; 3 where it is left out"),
        "patients_per_prescriber": whole(1, 50, "during the whole stay; 4 where it is left out"),
        "needs_companion": {"type": "boolean", "description": "the stay ends while the companion can come"},
    },
)
ROOMS = objects(
    ["name", "kind"],
    {
        "name": NAME,
        "kind": {"enum": ["treatment", "therapy"]},
        "chairs": whole(1, 20, "how many at once; 1 where it is left out"),
        "closed": SPANS,
    },
)
STAFF = objects(
    ["name", "roles", "hours"],
    {
        "name": NAME,
        "roles": {
            "type": "array",
            "items": {"enum": ["prescriber", "nurse", "therapist"]},
            "minItems": 1,
            "maxItems": 1,
        },
        "skills": {**NAMES, "description": "what a patient may need in a stand-in, such as a language"},
        "only_for": {**NAMES, "description": "the patients they may see, where these are not all"},
        "hours": WEEKLY,
        "remote_hours": {**WEEKLY, "description": "beside the hours, for visits by video only"},
        "breaks": WEEKLY,
        "away": SPANS,
    },
)
PATIENTS = objects(
    ["name", "format", "doses"],
    {
        "name": NAME,
        "format": NAME,
        "doses": whole(1, 40, "of the whole course"),
        "given": whole(0, 39, "how many are given already; the others are booked"),
        "gap_days": {
            "type": "array",
            "items": {"type": "integer", "minimum": NEAREST, "maximum": WIDEST},
            "minItems": 2,
            "maxItems": 2,
            "description": "days from one dose to the next, at least and at most; [2, 5] where it is left out",
        },
        "gaps": {
            "type": "array",
            "items": {
                "type": "array",
                "items": {"type": "integer", "minimum": NEAREST, "maximum": WIDEST},
                "minItems": 2,
                "maxItems": 2,
            },
            "description": "days from dose 1 to 2, from 2 to 3 and so on, at least and at most, before gap_days hold",
        },
        "most_per_week": whole(1, 7, "doses in any seven days; 2 where it is left out"),
        "earliest": DATE,
        "latest": DATE,
        "therapy": {
            "enum": ["each_dose", "phase_based", "outside_therapist", "telehealth", "urgent_start", "declined"],
            "description": "after which doses a visit is booked; each_dose where it is left out",
        },
        "therapist": {**NAME, "description": "the patient's own"},
        "presence": {"enum": ["whole", "landing", "none"], "description": "of a therapist beside the dose"},
        "needs": {**NAMES, "description": "skills that a stand-in must have; the own therapist is taken as able"},
        "zone": {**NAME, "description": "where the patient's hours count, as an IANA name"},
        "available": WEEKLY,
        "away": SPANS,
        "companion": thing(["available"], {"available": WEEKLY}),
        "preparation": whole(0, 3, "visits on days before the first dose"),
        "prefers": {**CLOCK, "description": "the start of a dose that the patient likes best"},
        "not_before": {**CLOCK, "description": "no dose begins earlier in the day"},
        "not_on": {"type": "array", "items": DATE, "description": "no dose begins on these days"},
        "only": {"type": "array", "items": MOMENT, "description": "nothing begins at any other moment"},
    },
)


def problem_schema() -> dict[str, Any]:
    """The schema of a whole document."""
    fields: dict[str, Any] = {
        "zone": {**NAME, "description": "the clinic's time zone, as an IANA name"},
        "from": DATE,
        "until": {**DATE, "description": "the last day on which a dose may begin; visits may fall three days later"},
        "grid_min": whole(5, 240, "doses begin this often, from the opening on; 30 where it is left out"),
        "visit_min": whole(5, 240, "how long a visit lasts, and how far its starts are apart; 60"),
        "landing_min": whole(0, 240, "how long a therapist stays after the dose's end; 30"),
        "overrun_min": whole(0, 240, "a nurse is on duty so long after each stay's end; 0"),
        "window_h": {
            "type": "array",
            "items": {"type": "integer", "minimum": 0, "maximum": 336},
            "minItems": 2,
            "maxItems": 2,
            "description": "elapsed hours from the dose's end within which its visit begins; [24, 48]",
        },
        "day": thing(
            ["opens", "closes"],
            {
                "opens": CLOCK,
                "closes": CLOCK,
                "last_start": {**CLOCK, "description": "no stay begins later"},
                "weekdays": WEEKDAYS,
                "closed": {"type": "array", "items": DATE},
            },
        ),
        "formats": FORMATS,
        "rooms": ROOMS,
        "staff": STAFF,
        "patients": PATIENTS,
        "booked": {**BOOKINGS, "description": "what is booked and stays, of whomever"},
        "plan": {**BOOKINGS, "description": "what stood for these patients and may move; moving a person costs"},
        "orphans": {"type": "boolean", "description": "a dose may stand without its visit where nothing fits"},
    }
    needed = ["zone", "from", "until", "day", "formats", "rooms", "staff", "patients"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **thing(needed, fields)}


def example_problem() -> dict[str, Any]:
    """A small clinic with three courses to book, in the weeks around a change of the clocks."""
    weekdays = {"weekdays": [0, 1, 2, 3, 4], "from": "08:00", "to": "18:00"}
    return {
        "zone": "America/New_York",
        "from": "2026-10-26",
        "until": "2026-11-20",
        "grid_min": 30,
        "day": {"opens": "08:00", "closes": "18:00", "last_start": "15:30", "weekdays": [0, 1, 2, 3, 4]},
        "formats": [
            {
                "id": "iv", "arrive_min": 30, "give_min": 40, "observe_min": 60, "patients_per_nurse_giving": 1,
                "patients_per_nurse_observing": 3, "needs_companion": True,
            },
            {
                "id": "in-esketamine", "arrive_min": 30, "give_min": 10, "observe_min": 120,
                "patients_per_nurse_giving": 3, "patients_per_nurse_observing": 3,
            },
        ],
        "rooms": [
            {"name": "Room 1", "kind": "treatment"},
            {"name": "Room 2", "kind": "treatment", "chairs": 2},
            {"name": "Lamp room", "kind": "therapy"},
        ],
        "staff": [
            {"name": "Lena Marsh", "roles": ["nurse"], "hours": [weekdays],
             "breaks": [{"from": "12:00", "to": "12:30"}]},
            {"name": "Joaquin Reyes", "roles": ["nurse"], "hours": [weekdays],
             "breaks": [{"from": "12:30", "to": "13:00"}]},
            {"name": "Dr. Tomas Okafor", "roles": ["prescriber"], "hours": [weekdays]},
            {"name": "Sabine Holt", "roles": ["therapist"], "hours": [weekdays]},
            {"name": "Andre Whitlock", "roles": ["therapist"], "hours": [weekdays], "skills": ["Spanish"],
             "away": [{"from": "2026-11-09T00:00-05:00", "to": "2026-11-11T00:00-05:00"}]},
        ],
        "patients": [
            {"name": "Ana", "format": "iv", "doses": 6, "therapist": "Sabine Holt", "presence": "landing",
             "preparation": 1, "companion": {"available": [{"from": "11:00", "to": "18:00"}]}},
            {"name": "Ben", "format": "in-esketamine", "doses": 6, "therapy": "telehealth",
             "therapist": "Andre Whitlock", "needs": ["Spanish"], "zone": "America/Chicago",
             "available": [{"weekdays": [0, 1, 2, 3], "from": "08:00", "to": "17:00"}]},
            {"name": "Cleo", "format": "iv", "doses": 6, "therapy": "phase_based", "therapist": "Sabine Holt",
             "prefers": "09:00"},
        ],
    }  # fmt: skip
