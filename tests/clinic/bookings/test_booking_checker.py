"""Proves that the checker bites: a right answer passes, and each damage to it is named."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.clinic.bookings.checker import broken

Json = dict[str, Any]
TIMES = ("start", "end", "from", "to")


def stays(role: str, name: str, start: str, end: str) -> Json:
    """An entry of a cover."""
    return {"role": role, "name": name, "from": start, "to": end}


def dosing(
    patient: str, number: int, start: str, end: str, room: str = "Red", beside: list[Json] | None = None
) -> Json:
    """A dose with Nia as its nurse and Pat as its prescriber."""
    cover = [stays("nurse", "Nia", start, end), stays("prescriber", "Pat", start, end), *(beside or [])]
    names = sorted({entry["name"] for entry in cover})
    what = {"patient": patient, "kind": "dosing", "number": number, "format": "iv"}
    return {**what, "start": start, "end": end, "room": room, "staff": names, "cover": cover}


def talk(patient: str, kind: str, number: int, start: str, end: str, name: str, room: str | None = "Lamp") -> Json:
    """A visit or a preparation."""
    what = {"patient": patient, "kind": kind, "number": number, "format": "iv", "start": start, "end": end}
    return {**what, "room": room, "staff": [name], "cover": [stays("therapist", name, start, end)]}


def june(day: int, clock: str) -> str:
    """A moment of June 2026, whose first day is a Monday."""
    return f"2026-06-{day:02}T{clock}-04:00"


def right_problem() -> Json:
    """Ana with two doses and a preparation, Ben with one dose and a call, and what is booked already."""
    old_dose = dosing("Cy", 4, june(4, "09:00"), june(4, "11:10"), "Blue")
    old_dose |= {"staff": ["Ned", "Pat"], "cover": [stays("nurse", "Ned", *(old_dose[k] for k in ("start", "end")))]}
    old_dose["cover"].append(stays("prescriber", "Pat", old_dose["start"], old_dose["end"]))
    old_talk = talk("Cy", "integration", 3, june(3, "14:00"), june(3, "15:00"), "Theo")
    del old_talk["cover"]
    hours = [{"from": "08:00", "to": "12:30"}, {"from": "12:30", "to": "18:00"}]
    return {
        "zone": "America/New_York",
        "from": "2026-06-01",
        "until": "2026-06-14",
        "day": {"opens": "08:00", "closes": "18:00", "last_start": "15:30", "weekdays": [0, 1, 2, 3, 4]},
        "formats": [{"id": "iv", "give_min": 40, "observe_min": 60, "needs_companion": True}],
        "rooms": [
            {"name": "Red", "kind": "treatment"},
            {"name": "Blue", "kind": "treatment", "chairs": 2},
            {"name": "Lamp", "kind": "therapy"},
        ],
        "staff": [
            {"name": "Nia", "roles": ["nurse"], "hours": hours},
            {
                "name": "Ned",
                "roles": ["nurse"],
                "hours": hours,
                "away": [{"from": june(2, "00:00"), "to": june(3, "00:00")}],
            },
            {"name": "Pat", "roles": ["prescriber"], "hours": hours},
            {"name": "Tess", "roles": ["therapist"], "hours": hours, "breaks": [{"from": "12:00", "to": "12:30"}]},
            {"name": "Theo", "roles": ["therapist"], "hours": hours},
        ],
        "patients": [
            {
                "name": "Ana",
                "format": "iv",
                "doses": 2,
                "therapist": "Tess",
                "needs": ["Spanish"],
                "presence": "landing",
                "preparation": 1,
                "companion": {"available": [{"from": "11:00", "to": "18:00"}]},
            },
            {
                "name": "Ben",
                "format": "iv",
                "doses": 1,
                "therapy": "telehealth",
                "zone": "America/Chicago",
                "available": [{"from": "08:00", "to": "17:00"}],
            },
        ],
        "booked": [
            old_dose,
            old_talk,
            talk("Ana", "integration", 9, june(5, "14:00"), june(5, "15:00"), "Theo", None),
        ],
    }


def right_answer() -> Json:
    """Bookings that keep every rule."""
    first, second = (stays("therapist", "Tess", june(day, "10:10"), june(day, "10:40")) for day in (2, 4))
    bookings = [
        talk("Ana", "preparation", 1, june(1, "10:00"), june(1, "11:00"), "Tess"),
        dosing("Ana", 1, june(2, "09:00"), june(2, "11:10"), beside=[first]),
        dosing("Ben", 1, june(2, "11:00"), june(2, "13:10"), "Blue"),
        talk("Ana", "integration", 1, june(3, "11:00"), june(3, "12:00"), "Tess"),
        talk("Ben", "integration", 1, june(3, "13:00"), june(3, "14:00"), "Theo", None),
        dosing("Ana", 2, june(4, "09:00"), june(4, "11:10"), beside=[second]),
        talk("Ana", "integration", 2, june(5, "11:00"), june(5, "12:00"), "Tess"),
    ]
    return {"status": "optimal", "bookings": bookings, "orphans": []}


def of(answer: Json, title: str) -> Json:
    """The booking with the title, such as Ana dosing 1."""
    found: list[Json] = [b for b in answer["bookings"] if f"{b['patient']} {b['kind']} {b['number']}" == title]
    return found[0]


def move(answer: Json, title: str, minutes: int) -> None:
    """Moves a booking with its cover."""
    booking = of(answer, title)
    for item in (booking, *booking["cover"]):
        for key in item.keys() & TIMES:
            item[key] = (datetime.fromisoformat(item[key]) + timedelta(minutes=minutes)).isoformat()


def stretch(answer: Json, title: str, minutes: int) -> None:
    """Ends a booking, and whoever is there until its end, later."""
    booking = of(answer, title)
    later = (datetime.fromisoformat(booking["end"]) + timedelta(minutes=minutes)).isoformat()
    for entry in booking["cover"]:
        entry["to"] = later if entry["to"] == booking["end"] else entry["to"]
    booking["end"] = later


def swap(answer: Json, title: str, role: str, name: str) -> None:
    """Gives a booking's role to somebody else."""
    booking = of(answer, title)
    for entry in booking["cover"]:
        entry["name"] = name if entry["role"] == role else entry["name"]
    booking["staff"] = sorted({entry["name"] for entry in booking["cover"]})


def drop(answer: Json, title: str) -> None:
    """Removes a booking."""
    answer["bookings"].remove(of(answer, title))


def again(answer: Json, title: str, **changes: Any) -> None:
    """Books something once more, with changes."""
    answer["bookings"].append({**deepcopy(of(answer, title)), **changes})


def recover(answer: Json, title: str, *entries: Json) -> None:
    """Gives a booking another cover."""
    of(answer, title).update(cover=list(entries), staff=sorted({entry["name"] for entry in entries}))


def person(problem: Json, name: str) -> Json:
    """A patient, a room or one of the staff."""
    found: list[Json] = [x for key in ("patients", "rooms", "staff") for x in problem[key] if x["name"] == name]
    return found[0]


def without(items: list[Any], role: str) -> list[Any]:
    """A cover without a role."""
    return [item for item in items if item["role"] != role]


def orphan(problem: Json, answer: Json, allowed: bool = True, number: int = 1) -> None:
    """Declares a dose an orphan."""
    problem["orphans"] = allowed
    answer["orphans"] = [{"patient": "Ana", "dose": number}]


def hand_over(answer: Json, title: str, role: str, name: str, at: str) -> None:
    """Lets somebody take over in the middle."""
    cover = of(answer, title)["cover"]
    first = next(entry for entry in cover if entry["role"] == role)
    recover(answer, title, *without(cover, role), {**first, "to": at}, {**first, "name": name, "from": at})


def watched(problem: Json, role: str, name: str, count: int) -> None:
    """Lets others be watched for some minutes while Ana rests after her first dose."""
    entry = stays(role, name, june(2, "10:15"), june(2, "10:30"))
    for number in range(count):
        dose = dosing(f"P{number}", 1, june(2, "09:00"), june(2, "11:10"))
        problem["booked"].append({**dose, "room": None, "cover": [entry]})


Damage = Callable[[Json, Json], Any]
ONE, TWO = "Ana dosing 1", "Ana dosing 2"
SABOTAGES: dict[str, tuple[Damage, str]] = {
    # R1
    "a dose is missing": (lambda p, a: drop(a, TWO), "dosing [1], not [1, 2]"),
    "a dose comes twice": (lambda p, a: again(a, TWO), "dosing [1, 2, 2], not [1, 2]"),
    "a dose was given": (lambda p, a: person(p, "Ana").update(given=1), "dosing [1, 2], not [2]"),
    "doses are out of order": (
        lambda p, a: (of(a, ONE).update(number=3), of(a, TWO).update(number=1)),
        "dosing [3, 1]",
    ),
    "a stranger is booked": (lambda p, a: again(a, "Ana preparation 1", patient="Dee"), "Dee is nobody"),
    # R2
    "a dose is long": (lambda p, a: stretch(a, ONE, 10), "Ana's dosing 1 has the wrong length"),
    "a dose is short": (lambda p, a: stretch(a, TWO, -5), "Ana's dosing 2 has the wrong length"),
    "the arrival is longer": (lambda p, a: p["formats"][0].update(arrive_min=31), "wrong length"),
    "a dose has another format": (lambda p, a: of(a, ONE).update(format="im"), "format"),
    "a dose is off the grid": (lambda p, a: move(a, TWO, 10), "grid"),
    "the grid is wider": (lambda p, a: p.update(grid_min=40), "grid"),
    "a dose is too early in the day": (lambda p, a: move(a, TWO, -90), "hours"),
    "a dose begins too late": (
        lambda p, a: p["day"].update(last_start="10:30"),
        "Ben's dosing 1 is outside the opening",
    ),
    "a dose ends too late": (lambda p, a: p["day"].update(closes="13:00"), "Ben's dosing 1 is outside the opening"),
    "the default of the last start": (lambda p, a: (p["day"].pop("last_start"), move(a, TWO, 570)), "opening"),
    "a dose is before all": (lambda p, a: p.update({"from": "2026-06-03"}), "problem's dates"),
    "a dose is after all": (lambda p, a: p.update(until="2026-06-03"), "problem's dates"),
    "a dose is too early": (lambda p, a: person(p, "Ana").update(earliest="2026-06-03"), "patient's dates"),
    "a dose is too late": (lambda p, a: person(p, "Ana").update(latest="2026-06-03"), "patient's dates"),
    "a weekday is closed": (lambda p, a: p["day"].update(weekdays=[0, 1, 2]), "closed day"),
    "a date is closed": (lambda p, a: p["day"].update(closed=["2026-06-04"]), "closed day"),
    # R3
    "doses are too near": (lambda p, a: move(a, TWO, -1440), "1 days after"),
    "doses are too far": (lambda p, a: move(a, TWO, 4 * 1440), "6 days after"),
    "the gap is longer": (lambda p, a: person(p, "Ana").update(gap_days=[3, 5]), "2 days after"),
    "a week is full from end to end": (
        lambda p, a: (person(p, "Ana").update(gap_days=[2, 7], most_per_week=1), move(a, TWO, 4 * 1440)),
        "week too full",
    ),
    "a week is full": (lambda p, a: person(p, "Ana").update(most_per_week=1), "week too full"),
    "an old dose fills the week": (
        lambda p, a: p["booked"].append(dosing("Ana", 0, "2026-05-29T09:00-04:00", "2026-05-29T11:10-04:00")),
        "week too full",
    ),
    # R4
    "a visit is missing": (lambda p, a: drop(a, "Ana integration 2"), "integration [1], not [1, 2]"),
    "a visit comes twice": (lambda p, a: again(a, "Ana integration 2"), "integration [1, 2, 2]"),
    "no visit is due": (lambda p, a: person(p, "Ana").update(therapy="declined"), "integration [1, 2], not []"),
    "an orphan has its visit": (lambda p, a: orphan(p, a), "integration [1, 2], not [2]"),
    "an orphan is not allowed": (
        lambda p, a: (orphan(p, a, allowed=False), drop(a, "Ana integration 1")),
        "may not have the orphans {1}",
    ),
    "an orphan has no dose": (lambda p, a: orphan(p, a, number=7), "may not have the orphans {7}"),
    "a visit is too early": (lambda p, a: move(a, "Ana integration 1", -51), "window"),
    "a visit is too late": (lambda p, a: move(a, "Ben integration 1", 23 * 60 + 11), "window"),
    "the window is narrower": (lambda p, a: p.update(window_h=[25, 48]), "window"),
    "a visit is short": (lambda p, a: stretch(a, "Ana integration 1", -10), "wrong length"),
    "visits are longer": (lambda p, a: p.update(visit_min=90), "wrong length"),
    # R5
    "a preparation is missing": (lambda p, a: drop(a, "Ana preparation 1"), "preparation [], not [1]"),
    "a preparation is too many": (lambda p, a: person(p, "Ana").pop("preparation"), "preparation [1], not []"),
    "a preparation is on the day": (lambda p, a: move(a, "Ana preparation 1", 22 * 60), "before the first dose"),
    "a preparation passes midnight": (
        lambda p, a: move(a, "Ana preparation 1", 13 * 60 + 1),
        "before the first dose",
    ),
    "a preparation is short": (lambda p, a: stretch(a, "Ana preparation 1", -1), "Ana's preparation 1 has the wrong"),
    # R6
    "the patient is busy in the week": (
        lambda p, a: person(p, "Ben").update(available=[{"from": "10:30", "to": "17:00"}]),
        "Ben's dosing 1 is when",
    ),
    "the weekday does not suit": (
        lambda p, a: person(p, "Ana").update(available=[{"weekdays": [0, 1, 2, 3], "from": "08:00", "to": "18:00"}]),
        "Ana's integration 2 is when",
    ),
    "the zone moves the hours": (
        lambda p, a: person(p, "Ben").update(zone="Pacific/Honolulu"),
        "Ben's dosing 1 is when",
    ),
    "the patient is away": (
        lambda p, a: person(p, "Ana").update(away=[{"from": june(3, "11:59"), "to": june(3, "20:00")}]),
        "Ana's integration 1 is when",
    ),
    "bookings of a patient meet": (lambda p, a: move(a, "Ana integration 1", 22 * 60 + 1), "patient Ana"),
    "a booking meets an old one": (lambda p, a: move(a, "Ana integration 2", 121), "patient Ana"),
    # R7
    "the companion comes later": (
        lambda p, a: person(p, "Ana")["companion"].update(available=[{"from": "11:11", "to": "18:00"}]),
        "companion",
    ),
    "the companion leaves at the end": (
        lambda p, a: person(p, "Ana")["companion"].update(available=[{"from": "08:00", "to": "11:10"}]),
        "companion",
    ),
    "the companion is in another zone": (lambda p, a: person(p, "Ana").update(zone="America/Denver"), "companion"),
    # R8
    "a dose is in a therapy room": (
        lambda p, a: of(a, ONE).update(room="Lamp"),
        "Ana's dosing 1 is in the wrong room",
    ),
    "a dose is in no room": (lambda p, a: of(a, ONE).update(room=None), "Ana's dosing 1 is in the wrong room"),
    "a room is unknown": (lambda p, a: of(a, ONE).update(room="Attic"), "Ana's dosing 1 is in the wrong room"),
    "a visit is in no room": (lambda p, a: of(a, "Ana integration 1").update(room=None), "wrong room"),
    "a visit is beside a dose": (lambda p, a: of(a, "Ana integration 1").update(room="Red"), "wrong room"),
    "a call has a room": (
        lambda p, a: of(a, "Ben integration 1").update(room="Lamp"),
        "Ben's integration 1 is in the wrong",
    ),
    "a room is too full": (lambda p, a: of(a, "Ben dosing 1").update(room="Red"), "room Red"),
    "a room is full of the booked": (
        lambda p, a: (person(p, "Blue").update(chairs=1), of(a, TWO).update(room="Blue")),
        "room Blue",
    ),
    "a room is closed": (
        lambda p, a: person(p, "Red").update(closed=[{"from": june(2, "11:00"), "to": june(2, "12:00")}]),
        "closed room",
    ),
    # R9
    "somebody is unknown": (lambda p, a: swap(a, ONE, "nurse", "Nobody"), "Nobody not at work"),
    "somebody lacks the role": (lambda p, a: swap(a, ONE, "nurse", "Theo"), "Theo not at work as nurse"),
    "somebody is away": (lambda p, a: swap(a, ONE, "nurse", "Ned"), "Ned not at work"),
    "somebody has a break": (
        lambda p, a: person(p, "Nia").update(breaks=[{"from": "11:00", "to": "11:01"}]),
        "Nia not at work",
    ),
    "somebody has gone home": (
        lambda p, a: person(p, "Nia").update(hours=[{"from": "08:00", "to": "13:00"}]),
        "Nia not at work",
    ),
    "somebody's hours have a hole": (
        lambda p, a: person(p, "Nia").update(
            hours=[{"from": "08:00", "to": "12:00"}, {"from": "12:01", "to": "18:00"}]
        ),
        "Nia not at work",
    ),
    "the staff is more than the cover": (lambda p, a: of(a, ONE)["staff"].append("Theo"), "other staff"),
    "the staff is less than the cover": (lambda p, a: of(a, ONE)["staff"].remove("Tess"), "other staff"),
    # R10
    "no nurse": (lambda p, a: recover(a, ONE, *without(of(a, ONE)["cover"], "nurse")), "not one nurse"),
    "no prescriber": (
        lambda p, a: recover(a, ONE, *without(of(a, ONE)["cover"], "prescriber")),
        "not one prescriber",
    ),
    "the nurse goes early": (lambda p, a: of(a, ONE)["cover"][0].update(to=june(2, "11:00")), "not one nurse"),
    "the nurse comes late": (lambda p, a: of(a, ONE)["cover"][0].update({"from": june(2, "09:01")}), "not one nurse"),
    "two nurses at once": (
        lambda p, a: recover(a, TWO, *of(a, TWO)["cover"], stays("nurse", "Ned", june(4, "09:00"), june(4, "11:10"))),
        "not one nurse",
    ),
    "a nurse runs backwards": (
        lambda p, a: recover(
            a,
            TWO,
            *without(of(a, TWO)["cover"], "nurse"),
            stays("nurse", "Nia", june(4, "09:00"), june(4, "12:10")),
            stays("nurse", "Nia", june(4, "12:10"), june(4, "11:10")),
        ),
        "not one nurse",
    ),
    "a nurse gives and observes": (lambda p, a: move(a, "Ben dosing 1", -30), "nurse Nia"),
    "a nurse gives twice": (
        lambda p, a: (p["formats"][0].update(patients_per_nurse_observing=1), move(a, "Ben dosing 1", -90)),
        "nurse Nia",
    ),
    "a nurse observes too many": (lambda p, a: p["formats"][0].update(patients_per_nurse_observing=1), "nurse Nia"),
    "the close watch is longer": (lambda p, a: p["formats"][0].update(close_min=91), "nurse Nia"),
    "a nurse of the booked": (lambda p, a: swap(a, TWO, "nurse", "Ned"), "nurse Ned"),
    "a nurse mixes two ratios": (
        lambda p, a: (
            p["formats"][0].update(patients_per_nurse_giving=3, patients_per_nurse_observing=4),
            move(a, "Ben dosing 1", -30),
        ),
        "nurse Nia",
    ),
    "the default of those who rest": (lambda p, a: watched(p, "nurse", "Nia", 3), "nurse Nia"),
    "the default of a prescriber": (lambda p, a: watched(p, "prescriber", "Pat", 4), "prescriber Pat"),
    "a prescriber sees too many": (lambda p, a: p["formats"][0].update(patients_per_prescriber=1), "prescriber Pat"),
    # R11
    "no therapist at the landing": (
        lambda p, a: recover(a, ONE, *without(of(a, ONE)["cover"], "therapist")),
        "not one therapist",
    ),
    "a therapist lands too early": (
        lambda p, a: of(a, ONE)["cover"][2].update(to=june(2, "10:39")),
        "not one therapist",
    ),
    "the landing is longer": (lambda p, a: p.update(landing_min=31), "not one therapist"),
    "a therapist for the whole dose": (lambda p, a: person(p, "Ana").update(presence="whole"), "not one therapist"),
    "no therapist is asked for": (lambda p, a: person(p, "Ana").pop("presence"), "not one therapist"),
    "a visit has no therapist": (lambda p, a: recover(a, "Ana integration 1"), "not one therapist"),
    "a visit has staff but no cover": (
        lambda p, a: of(a, "Ana integration 1").update(cover=[]),
        "not one therapist",
    ),
    "a visit has a nurse": (
        lambda p, a: of(a, "Ana integration 1")["cover"].append(
            stays("nurse", "Nia", june(3, "11:00"), june(3, "12:00"))
        ),
        "not one nurse",
    ),
    "the therapist changes": (
        lambda p, a: hand_over(a, "Ana integration 1", "therapist", "Theo", june(3, "11:30")),
        "changes the therapist",
    ),
    "a therapist is in two visits": (
        lambda p, a: (swap(a, "Ben integration 1", "therapist", "Tess"), move(a, "Ben integration 1", -61)),
        "staff Tess",
    ),
    "a therapist is at a dose and a visit": (
        lambda p, a: (swap(a, "Ben integration 1", "therapist", "Tess"), move(a, "Ben integration 1", 21 * 60)),
        "staff Tess",
    ),
    "a therapist is in a booked visit": (lambda p, a: move(a, "Ben integration 1", 1), "staff Theo"),
    "a therapist is a nurse elsewhere": (
        lambda p, a: (
            person(p, "Theo")["roles"].append("nurse"),
            swap(a, TWO, "nurse", "Theo"),
            move(a, "Ben integration 1", 21 * 60),
        ),
        "staff Theo",
    ),
    "the dose's therapist lacks a skill": (lambda p, a: swap(a, ONE, "therapist", "Theo"), "without the skills"),
    "a stand-in lacks a skill": (
        lambda p, a: swap(a, "Ana integration 1", "therapist", "Theo"),
        "without the skills",
    ),
    # R12
    "nobody is left for the overrun": (lambda p, a: p.update(overrun_min=291), "no nurse"),
    "a break in the overrun": (
        lambda p, a: (p.update(overrun_min=30), person(p, "Nia").update(breaks=[{"from": "13:30", "to": "13:31"}])),
        "no nurse",
    ),
}


ALLOWED: dict[str, Damage] = {
    "nothing is changed": lambda p, a: None,
    "a nurse takes over": lambda p, a: hand_over(a, TWO, "nurse", "Nia", june(4, "10:00")),
    "another nurse takes over": lambda p, a: hand_over(a, TWO, "nurse", "Ned", june(4, "10:10")),
    "a visit at the window's end": lambda p, a: move(a, "Ben integration 1", 23 * 60 + 10),
    "a visit at the window's start": lambda p, a: move(a, "Ana integration 1", -50),
    "a preparation until midnight": lambda p, a: (
        move(a, "Ana preparation 1", 13 * 60),
        person(p, "Tess").update(hours=[{"from": "00:00", "to": "24:00"}]),
    ),
    "a day as narrow as may be": lambda p, a: (
        p.update({"from": "2026-06-02", "until": "2026-06-04"}),
        p["day"].update(opens="09:00", closes="13:10", last_start="11:00"),
    ),
    "a gap as narrow as may be": lambda p, a: person(p, "Ana").update(gap_days=[2, 2]),
    "a dose each seven days": lambda p, a: (
        person(p, "Ana").update(gap_days=[7, 7], most_per_week=1),
        move(a, TWO, 5 * 1440),
        move(a, "Ana integration 2", 5 * 1440),
    ),
    "away until a visit and after it": lambda p, a: person(p, "Ana").update(
        away=[{"from": june(3, "08:00"), "to": june(3, "11:00")}, {"from": june(3, "12:00"), "to": june(3, "18:00")}]
    ),
    "visits in another order": lambda p, a: (p.update(window_h=[24, 100]), move(a, "Ana integration 1", 50 * 60)),
    "work until the end and no overrun": lambda p, a: person(p, "Nia").update(
        hours=[{"from": "09:00", "to": "13:10"}]
    ),
    "as many at rest as may be": lambda p, a: (watched(p, "nurse", "Nia", 2), watched(p, "prescriber", "Pat", 1)),
    "as many to a prescriber as may be": lambda p, a: watched(p, "prescriber", "Pat", 3),
    "a booked dose of no known format": lambda p, a: p["booked"].append(
        {**dosing("Cy", 9, june(2, "09:00"), june(2, "11:10"), "Blue"), "format": "old"}
    ),
    "a booked dose without a cover": lambda p, a: p["booked"].append(
        {**dosing("Cy", 9, june(3, "11:00"), june(3, "13:10"), "Blue"), "staff": ["Tess"], "cover": []}
    ),
    "a booked visit with a short cover": lambda p, a: p["booked"].append(
        {
            **talk("Cy", "integration", 9, june(3, "11:00"), june(3, "13:00"), "Tess", None),
            "cover": [stays("therapist", "Tess", june(3, "12:00"), june(3, "13:00"))],
        }
    ),
    "old doses near each other": lambda p, a: p["booked"].extend(
        dosing("Ana", 20 + day, f"2026-05-0{day}T09:00-04:00", f"2026-05-0{day}T11:10-04:00") for day in (1, 2, 3)
    ),
    "visits of the first phase": lambda p, a: person(p, "Ana").update(therapy="phase_based"),
    "an orphan": lambda p, a: (orphan(p, a), drop(a, "Ana integration 1")),
    "visits of the phases only": lambda p, a: (
        person(p, "Ana").update(therapy="phase_based", given=2, doses=4),
        drop(a, "Ana preparation 1"),
        drop(a, "Ana integration 1"),
        of(a, ONE).update(number=3),
        of(a, TWO).update(number=4),
        of(a, "Ana integration 2").update(number=4),
    ),
    "a therapist outside": lambda p, a: (
        person(p, "Ana").update(therapy="outside_therapist"),
        drop(a, "Ana integration 1"),
        drop(a, "Ana integration 2"),
    ),
    "a stand-in with the skill": lambda p, a: (
        person(p, "Theo").update(skills=["Spanish"]),
        swap(a, "Ana integration 1", "therapist", "Theo"),
    ),
    "nobody beside": lambda p, a: (
        person(p, "Ana").pop("presence"),
        recover(a, ONE, *without(of(a, ONE)["cover"], "therapist")),
        recover(a, TWO, *without(of(a, TWO)["cover"], "therapist")),
    ),
    "beside the whole dose": lambda p, a: (
        person(p, "Ana").update(presence="whole"),
        of(a, ONE)["cover"][2].update({"from": june(2, "09:30")}),
        of(a, TWO)["cover"][2].update({"from": june(4, "09:30")}),
    ),
    "a landing that the stay cuts": lambda p, a: (
        p.update(landing_min=90),
        of(a, ONE)["cover"][2].update(to=june(2, "11:10")),
        of(a, TWO)["cover"][2].update(to=june(4, "11:10")),
    ),
    "the companion comes at the end": lambda p, a: person(p, "Ana")["companion"].update(
        available=[{"from": "11:10", "to": "11:11"}]
    ),
    "an overrun until closing": lambda p, a: p.update(overrun_min=290),
    "nurses in turn for the overrun": lambda p, a: (
        p.update(overrun_min=60),
        person(p, "Nia").update(hours=[{"from": "08:00", "to": "13:30"}]),
        person(p, "Ned").update(away=[], hours=[{"from": "13:30", "to": "18:00"}]),
        p["booked"].pop(0),
    ),
    "two in a room of two": lambda p, a: of(a, TWO).update(room="Blue"),
    "a close watch until the other has gone": lambda p, a: p["formats"][0].update(close_min=90),
    "what is booked may be wrong": lambda p, a: p["booked"].extend(deepcopy(p["booked"][:2])),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_right_passes(name: str) -> None:
    problem, answer = right_problem(), right_answer()
    ALLOWED[name](problem, answer)
    assert broken(problem, answer) == []


@pytest.mark.parametrize("name", SABOTAGES)
def test_a_damage_is_named(name: str) -> None:
    damage, word = SABOTAGES[name]
    problem, answer = right_problem(), right_answer()
    damage(problem, answer)
    sentences = broken(problem, answer)
    assert any(word in sentence for sentence in sentences), sentences


def at_night(dose: tuple[str, str], visit: tuple[str, str], opens: str = "08:00") -> tuple[Json, Json]:
    """One dose and its visit in a clinic where everybody is always at work."""
    always = [{"from": "00:00", "to": "24:00"}]
    staff = {"Nia": "nurse", "Pat": "prescriber", "Tess": "therapist"}
    problem = {
        "zone": "America/New_York",
        "from": "2026-01-01",
        "until": "2026-12-31",
        "day": {"opens": opens, "closes": "24:00"},
        "formats": [{"id": "iv", "give_min": 40, "observe_min": 60}],
        "rooms": [{"name": "Red", "kind": "treatment"}, {"name": "Lamp", "kind": "therapy"}],
        "staff": [{"name": name, "roles": [role], "hours": always} for name, role in staff.items()],
        "patients": [{"name": "Ana", "format": "iv", "doses": 1}],
    }
    return problem, {"bookings": [dosing("Ana", 1, *dose), talk("Ana", "integration", 1, *visit, "Tess")]}


AUTUMN = (
    "2026-10-31T14:00-04:00",
    "2026-10-31T16:10-04:00",
)  # The dose ends at 15:10, in the night 01:00 comes twice.
SPRING = ("2026-03-07T14:00-05:00", "2026-03-07T16:10-05:00")  # The same, and the hour after 02:00 is left out.


@pytest.mark.mitigates("M-117")
@pytest.mark.parametrize(
    ("dose", "visit", "right"),
    [
        (AUTUMN, ("2026-11-01T14:10-05:00", "2026-11-01T15:10-05:00"), True),  # 24:00
        (AUTUMN, ("2026-11-01T14:09-05:00", "2026-11-01T15:09-05:00"), False),  # 23:59
        (AUTUMN, ("2026-11-02T14:10-05:00", "2026-11-02T15:10-05:00"), True),  # 48:00
        (AUTUMN, ("2026-11-02T14:11-05:00", "2026-11-02T15:11-05:00"), False),  # 48:01
        (AUTUMN, ("2026-11-02T15:10-05:00", "2026-11-02T16:10-05:00"), False),  # 49:00, the same time of day
        (SPRING, ("2026-03-08T16:10-04:00", "2026-03-08T17:10-04:00"), True),  # 24:00
        (SPRING, ("2026-03-08T16:09-04:00", "2026-03-08T17:09-04:00"), False),  # 23:59
        (SPRING, ("2026-03-09T16:10-04:00", "2026-03-09T17:10-04:00"), True),  # 48:00
        (SPRING, ("2026-03-09T16:11-04:00", "2026-03-09T17:11-04:00"), False),  # 48:01
        (SPRING, ("2026-03-08T15:10-04:00", "2026-03-08T16:10-04:00"), False),  # 23:00, the same time of day
    ],
)
def test_the_window_counts_elapsed_hours(dose: tuple[str, str], visit: tuple[str, str], right: bool) -> None:
    sentences = broken(*at_night(dose, visit))
    assert sentences == ([] if right else ["Ana's integration 1 begins outside the window after its dose."])


AFTER_AUTUMN = ("2026-11-02T12:00-05:00", "2026-11-02T13:00-05:00")
AFTER_SPRING = ("2026-03-09T12:00-04:00", "2026-03-09T13:00-04:00")


@pytest.mark.parametrize(
    ("dose", "visit", "right"),
    [
        (("2026-11-01T01:00-04:00", "2026-11-01T02:10-05:00"), AFTER_AUTUMN, True),
        (("2026-11-01T01:00-04:00", "2026-11-01T03:10-05:00"), AFTER_AUTUMN, False),
        (("2026-11-01T01:30-05:00", "2026-11-01T03:40-05:00"), AFTER_AUTUMN, True),
        (("2026-03-08T01:00-05:00", "2026-03-08T04:10-04:00"), AFTER_SPRING, True),
        (("2026-03-08T01:00-05:00", "2026-03-08T03:10-04:00"), AFTER_SPRING, False),
    ],
)
def test_a_stay_lasts_its_elapsed_minutes(dose: tuple[str, str], visit: tuple[str, str], right: bool) -> None:
    sentences = broken(*at_night(dose, visit, opens="00:00"))
    assert sentences == ([] if right else ["Ana's dosing 1 has the wrong length or format."])
