"""Checks an answer of the booking solver against the clinic's rules, from the JSON alone, sharing no code with it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, product
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]
Span = tuple[datetime, datetime]
Rules = Iterator[tuple[bool, str]]  # Whether a rule is broken, and the words for it.
MINUTE = timedelta(minutes=1)
PATIENT = {"given": 0, "therapy": "each_dose", "most_per_week": 2, "preparation": 0, "needs": [], "gaps": []}


def _span(item: Json, start: str = "from", end: str = "to") -> Span:
    """Two moments in UTC, where a difference is elapsed time."""
    return datetime.fromisoformat(item[start]).astimezone(UTC), datetime.fromisoformat(item[end]).astimezone(UTC)


def _at(day: date, clock: str, zone: ZoneInfo) -> datetime:
    """The moment of a local time of day; 24:00 is the next midnight."""
    return (datetime.combine(day, time(), zone) + MINUTE * (int(clock[:2]) * 60 + int(clock[3:]))).astimezone(UTC)


def _weekly(hours: list[Json], zone: ZoneInfo, near: Span) -> list[Span]:
    """Weekly hours as sorted spans, on the local days that a span touches and one more on either side."""
    days = [near[0].astimezone(zone).date() + timedelta(n) for n in range(-1, (near[1] - near[0]).days + 3)]
    pairs = [(day, hour) for day, hour in product(days, hours) if day.weekday() in hour.get("weekdays", range(7))]
    return sorted((_at(day, h["from"], zone), _at(day, h["to"], zone)) for day, h in pairs if h["from"] < h["to"])


def _free(whose: Json, zone: ZoneInfo, span: Span, remote: bool = False) -> bool:
    """Whether weekly hours, joined where they touch, hold the whole span, and no break or absence meets it."""
    hours, calls, reach = whose.get("hours", whose.get("available")), whose.get("remote_hours", []) * remote, span[0]
    for start, end in [span] if hours is None else _weekly(hours + calls, zone, span):
        reach = max(reach, end) if start <= reach else reach
    off = _weekly(whose.get("breaks", []), zone, span) + [_span(away) for away in whose.get("away", [])]
    return reach >= span[1] and not any(span[0] < end and start < span[1] for start, end in off)


def _read(b: Json, form: Json, zone: ZoneInfo, new: bool) -> Json:
    """A booking with its moments; new is what the answer books, and only that can be wrong."""
    span, cover = _span(b, "start", "end"), [(c["role"], c["name"], _span(c)) for c in b.get("cover", [])]
    cover = cover or [("therapist", n, span) for n in b.get("staff", []) if not new and b["kind"] != "dosing"]
    give, day = span[0] + MINUTE * form.get("arrive_min", 30), span[0].astimezone(zone).date()
    times = {"span": span, "day": day, "give": give, "given": give + MINUTE * form.get("give_min", 0)}
    return {"room": None, **b, **times, "form": form, "cover": cover, "new": new}


def _course(clinic: Json, patient: Json, mine: list[Json], doses: dict[int, Json], orphans: set[int]) -> Rules:
    """Which doses, visits and preparations a patient has, and how far apart the doses are."""
    phase = {n for n in doses if n == 1 or n % 2 == 0}
    due = {"each_dose": set(doses), "telehealth": set(doses), "phase_based": phase}.get(patient["therapy"], set())
    yield not orphans <= (due if clinic.get("orphans") else set()), f"may not have the orphans {orphans}"
    wanted = {"dosing": [*range(patient["given"] + 1, patient["doses"] + 1)], "integration": sorted(due - orphans)}
    wanted["preparation"] = [] if patient["given"] else [*range(1, patient["preparation"] + 1)]
    for kind, numbers in wanted.items():
        got = [b["number"] for b in sorted(mine, key=lambda b: b["span"]) if b["kind"] == kind and b["new"]]
        yield (sorted(got) if kind == "integration" else got) != numbers, f"has {kind} {got}, not {numbers}"
    days, gaps = {b["number"]: b["day"] for b in mine if b["kind"] == "dosing"}, dict(enumerate(patient["gaps"], 2))
    for n, day in days.items():
        low, high = gaps.get(n, patient["gap_days"])
        apart = (day - days.get(n - 1, day - timedelta(low))).days
        yield n in doses and not low <= apart <= high, f"has dose {n} {apart} days after the one before"
        week = {other for other, later in days.items() if 0 <= (later - day).days < 7}
        yield len(week) > patient["most_per_week"] and not week.isdisjoint(doses), "has a week too full"


def _booking(clinic: Json, patient: Json, b: Json, doses: dict[int, Json]) -> Rules:
    """When and where one booking is, and who is there."""
    span, (start, end), zone, own = b["span"], b["span"], ZoneInfo(clinic["zone"]), ZoneInfo(patient["zone"])
    length, kind, due = MINUTE * clinic.get("visit_min", 60), "therapy", {"therapist": span}
    if b["kind"] == "dosing":
        length, kind, iso = b["given"] - start + MINUTE * b["form"]["observe_min"], "treatment", b["day"].isoformat()
        rules = {"last_start": clinic["day"]["closes"], "weekdays": range(7), "closed": [], **clinic["day"]}
        opens, closes, last = (_at(b["day"], rules[key], zone) for key in ("opens", "closes", "last_start"))
        yield bool((start - opens) % (MINUTE * clinic.get("grid_min", 30))), "begins off the grid"
        yield not opens <= start <= last or end > closes, "is outside the opening hours"
        yield not clinic["from"] <= iso <= clinic["until"], "is outside the problem's dates"
        yield not patient.get("earliest", iso) <= iso <= patient.get("latest", iso), "is outside the patient's dates"
        yield b["day"].weekday() not in rules["weekdays"] or iso in rules["closed"], "is on a closed day"
        friend = patient.get("companion", {}) if b["form"].get("needs_companion") else {}
        yield not _free(friend, own, (end, end + MINUTE)), "ends without the companion"
        nurses = [person for person in clinic["staff"].values() if "nurse" in person["roles"]]
        later = [(end + MINUTE * n, end + MINUTE * (n + 1)) for n in range(clinic.get("overrun_min", 0))]
        yield not all(any(_free(n, zone, minute) for n in nurses) for minute in later), "is followed by no nurse"
        landed = min(b["given"] + MINUTE * clinic.get("landing_min", 30), end)
        beside = {"whole": b["give"], "landing": b["given"]}.get(patient.get("presence", "none"), landed)
        due = {"nurse": span, "prescriber": span, "therapist": (beside, landed)}
    elif b["kind"] == "preparation":
        yield any(_at(dose["day"], "00:00", zone) < end for dose in doses.values()), "is not before the first dose"
    elif b["number"] in doses:
        low, high = (doses[b["number"]]["given"] + timedelta(hours=h) for h in clinic.get("window_h", [24, 48]))
        yield not low <= start <= high, "begins outside the window after its dose"
    yield end - start != length or b.get("format") != patient["format"], "has the wrong length or format"
    yield not _free(patient, own, span), "is when the patient cannot"
    room, remote = clinic["rooms"].get(b["room"], {}), kind == "therapy" and patient["therapy"] == "telehealth"
    yield b["room"] is not None if remote else room.get("kind") != kind, "is in the wrong room"
    yield not _free({"away": room.get("closed", [])}, zone, span), "is in a closed room"
    for role in due.keys() | {role for role, _, _ in b["cover"]}:
        first, last = due.get(role, (start, start))
        edges = [first, *chain(*sorted(during for as_role, _, during in b["cover"] if as_role == role)), last]
        yield edges[::2] != edges[1::2] or edges != sorted(edges), f"has not one {role} at each moment due"
    for role, name, when in b["cover"]:
        one, who = clinic["staff"].get(name, {"roles": []}), patient["name"]
        yield role not in one["roles"] or not _free(one, zone, when, remote), f"has {name} not at work as {role}"
        able = {*patient["needs"]} <= {*one.get("skills", [])} and who in one.get("only_for", who)
        yield not able and role == "therapist" and name != patient.get("therapist"), f"has {name} without the skills"
    yield len({name for role, name, _ in b["cover"] if role == "therapist"}) > 1, "changes the therapist"
    yield sorted(b["staff"]) != sorted({name for _, name, _ in b["cover"]}), "names other staff than its cover"


def _crowds(clinic: Json, bookings: list[Json]) -> Rules:
    """Whoever and whatever is used too much at once, looked at wherever a use begins; 999 is for no limit."""
    uses: list[Any] = []
    for b in bookings:
        (start, end), form, give, new = b["span"], b["form"], b["give"], b["new"]
        close = max(b["given"], give + MINUTE * form.get("close_min", 0))
        few, many = form.get("patients_per_nurse_giving", 1), form.get("patients_per_nurse_observing", 3)
        phases = [("nurse", start, give, many), ("nurse", give, close, few), ("nurse", close, end, many)]
        phases.append(("prescriber", start, end, form.get("patients_per_prescriber", 4)))
        for (role, name, during), (needed, since, until, most) in product(b["cover"], phases):
            if role == needed and b["kind"] == "dosing" and form:
                uses.append(((role, name), max(since, during[0]), min(until, during[1]), most, new))
        uses += [(("staff", n), *during, 1 if role == "therapist" else 999, new) for role, n, during in b["cover"]]
        chairs = clinic["rooms"].get(b["room"], {}).get("chairs", 1) if b["room"] else 999
        uses += [(("patient", b["patient"]), start, end, 1, new), (("room", b["room"]), start, end, chairs, new)]
    for who, at, *_ in uses:
        now = [use for use in uses if use[0] == who and use[1] <= at < use[2]]
        most, new = {use[3] for use in now}, any(use[4] for use in now)
        yield new and (len(most) > 1 or len(now) > min(most)), f"{who[0]} {who[1]} has too much at {at}"


def broken(problem: Json, answer: Json) -> list[str]:
    """A sentence for every rule that an answer with bookings, optimal or feasible, breaks."""
    zone, forms = ZoneInfo(problem["zone"]), {form["id"]: form for form in problem["formats"]}
    patients = {p["name"]: {**PATIENT, "gap_days": [2, 5], "zone": problem["zone"], **p} for p in problem["patients"]}
    clinic = problem | {key: {item["name"]: item for item in problem[key]} for key in ("rooms", "staff")}
    bookings = [_read(b, forms.get(b.get("format"), {}), zone, False) for b in problem.get("booked", [])]
    bookings += [_read(b, forms[patients.get(b["patient"], b)["format"]], zone, True) for b in answer["bookings"]]
    found = [f"{b['patient']} is nobody here." for b in answer["bookings"] if b["patient"] not in patients]
    for name, patient in patients.items():
        mine = [b for b in bookings if b["patient"] == name]
        doses = {b["number"]: b for b in mine if b["kind"] == "dosing" and b["new"]}
        orphans = {orphan["dose"] for orphan in answer.get("orphans", []) if orphan["patient"] == name}
        found += [f"{name} {words}." for wrong, words in _course(clinic, patient, mine, doses, orphans) if wrong]
        rules = [(b, *rule) for b in mine if b["new"] for rule in _booking(clinic, patient, b, doses)]
        found += [f"{name}'s {b['kind']} {b['number']} {words}." for b, wrong, words in rules if wrong]
    return found + [f"{words}." for wrong, words in _crowds(clinic, bookings) if wrong]
