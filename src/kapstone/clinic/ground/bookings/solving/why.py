"""Why nothing fits, and the smallest changes that would help. Said in sentences that name the demand and the people.

Each change is tried: it is only named where a plan was found with it, within the time that is given.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any

from kapstone.care.plan import TherapyForm

from .candidates import Open
from .capacity import FEW, capacity
from .days import Short, hours, impossible
from .problem import DOSING, PREPARATION, Patient, Problem, Span
from .reading import read_document
from .solver import Plan, solve

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WORDS = {
    "hours": "outside the clinic's hours",
    "patient": "when the patient is not free",
    "companion": "without a companion for the way home",
    "nurse": "without a nurse on duty",
    "prescriber": "without a prescriber on duty",
    "overrun": "with no nurse left if it runs over",
    "chair": "with every chair taken",
}


Document = dict[str, Any]
"""A problem as its JSON document: a change is easiest made there, and read like any other."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change that may help: in words, and what it does to the document."""

    words: str
    make: Callable[[Document], None]


def explain(document: Document, plan: Plan, seconds: float = 4.0) -> list[str]:
    """What stands in the way of a plan, and what would help; for a plan that was found, what it could not keep."""
    if plan.found:
        return [*_kept(plan)]
    if plan.status == "unknown":
        return [f"No plan was found in {plan.seconds:.0f} seconds, and none was proven impossible; give more time."]
    until = monotonic() + seconds
    open_ = Open(read_document(document))
    names = tuple(dict.fromkeys(name for name, _, _ in plan.empty))
    if len(open_.problem.patients) == 1:
        names = (open_.problem.patients[0].name,)
    said = _grouped(_demands(open_, plan))
    if len(names) == 1 and not said:
        said = [f"{names[0]}: nothing fits beside what is booked."]
    elif len(open_.problem.patients) > 1:
        said += _short(open_)
    return [*(said or [TOGETHER]), *_helpful(document, names, until)]


TOGETHER = "Each course asks for times that the others need too; together they ask for more than there is."


def _grouped(demands: Iterator[tuple[str, str]]) -> list[str]:
    """The same sentence about several people is said once."""
    people: dict[str, list[str]] = {}
    for name, sentence in demands:
        people.setdefault(sentence, []).append(name)
    return [f"{_some(names)}: {sentence}" for sentence, names in people.items()]


def _some(names: list[str]) -> str:
    shown = 3
    if len(names) <= shown + 1:
        return ", ".join(names)
    return f"{', '.join(names[:shown])} and {len(names) - shown} more"


def _short(open_: Open) -> Iterator[str]:
    """Which kind of limit, left out, would let the courses fit by whole days."""
    doses = sum(len(patient.numbers) for patient in open_.problem.patients)
    if not impossible(open_, own_only=False):
        return
    if not impossible(open_, own_only=False, without=Short.DOSES):
        held = sum(capacity(open_, day) for day in range(len(open_.problem.days)))
        busiest = max((capacity(open_, day) for day in range(len(open_.problem.days))), default=0)
        yield (
            f"{doses} doses are asked for; chairs and staff hold at most {busiest} on any day and {held} in all, "
            "and not enough of them when the courses ask for them."
        )
    if not impossible(open_, own_only=False, without=Short.VISITS):
        held = sum(hours(open_, day) for day in range(len(open_.problem.all_days)))
        yield f"The therapists have {held} free hours in these days; too few are in the windows of the doses."


def _kept(plan: Plan) -> Iterator[str]:
    for name, number in plan.orphans:
        yield f"{name}: dose {number} stands without its visit; no therapist is free within its window."
    if plan.moves:
        yield f"{len(plan.people_moved)} moved: {', '.join(plan.people_moved)}."


def _demands(open_: Open, plan: Plan) -> Iterator[tuple[str, str]]:
    """For each demand without a single open time, whose it is and what stands against the times there are."""
    patients = {patient.name: patient for patient in open_.problem.patients}
    for name, kind, number in plan.empty:
        if kind == DOSING:
            yield name, f"no start is open for dose {number}. {_against(open_, patients[name])}"
        elif kind == PREPARATION:
            yield name, "no therapist is free for the preparation."
        else:
            yield name, f"no visit fits into the window of any dose. {_windows(open_, patients[name])}"


def _against(open_: Open, patient: Patient) -> str:
    """How many of the starts fail for which reason."""
    counted: Counter[str] = Counter()
    format_ = open_.problem.formats[patient.format]
    for day in range(len(open_.problem.days)):
        for start in open_.starts(day):
            why = open_.why_not(patient, format_, start)
            stay = Span(start.minute, start.minute + format_.stay_min)
            if not why and not any(pool.takes(stay) for pool in open_.pools[day]):
                why = "chair"
            counted[why] += 1
    open_starts = counted.pop("", 0)
    said = ", ".join(f"{count} {WORDS[why]}" for why, count in counted.most_common())
    if open_starts:
        return f"{open_starts} starts are open, but not on days that are so far apart as the course asks; {said}."
    return f"Of the starts in these days: {said}." if said else "The clinic is closed on all of these days."


def _windows(open_: Open, patient: Patient) -> str:
    """The window of the first dose that could be given, and who works then."""
    format_ = open_.problem.formats[patient.format]
    start, _ = next(open_.doses(patient))
    opens, closes = open_.problem.window_of(start.minute + format_.dose_end_min)
    span = Span(opens, closes + open_.problem.visit_min)
    where = "by video" if patient.remote else "in the clinic"
    working = [
        one.name
        for one in open_.problem.people("therapist")
        if any(part.meets(span) for part in one.at_work(patient.remote))
    ]
    said = f"{', '.join(working)} work {where}, but are taken or the patient is not free" if working else (
        f"no therapist works {where} then"
    )  # fmt: skip
    ends = moment(open_.problem, start.minute + format_.dose_end_min)
    return (
        f"A dose that ends {ends} asks for a visit that begins between {moment(open_.problem, opens)} and "
        f"{moment(open_.problem, closes)}; {said}."
    )


def moment(problem: Problem, minute: int) -> str:
    """A minute in words, on the clinic's clock."""
    local = datetime.fromtimestamp(minute * 60, tz=problem.zone)
    return f"{local:%A} {local.day} {local:%b %H:%M}"


def _helpful(document: Document, names: tuple[str, ...], until: float) -> Iterator[str]:
    """Every change with which a plan was found. What whole days already rule out is not tried for longer."""
    helped = False
    for change in _changes(document, names):
        changed = deepcopy(document)
        change.make(changed)
        problem = read_document(changed)
        left = until - monotonic()
        if left <= 0:
            yield "There was no time to try every change."
            return
        if len(problem.patients) >= FEW and impossible(Open(problem), own_only=False, seconds=left):
            continue
        if solve(problem, max(until - monotonic(), 0.01), gap=1.0).found:
            helped = True
            yield f"It would fit {change.words}."
        elif until <= monotonic():
            yield f"Counted by whole days it could fit {change.words}; there was no time to look closer."
            return
    if not helped:
        yield "No single change that was tried is enough; fewer courses at once, or more days, may be."


def _changes(document: Document, names: tuple[str, ...]) -> Iterator[Change]:
    """Single changes, the smallest first: other days, another way of therapy, more days, one more of something."""
    whom = " and ".join(names)
    if 0 < len(names) <= FEW:
        for weekday, day in enumerate(WEEKDAYS):
            if weekday in document["day"].get("weekdays", range(7)):
                yield Change(f"if {whom} came on a {day}", partial(_also_on, names, weekday))
        for form, words in FORMS.items():
            yield Change(words.format(whom=whom), partial(_by, names, form))
    yield Change("with a week more", _later)
    yield Change("with one more treatment chair", _one_more_chair)
    for role in ("therapist", "nurse", "prescriber"):
        yield Change(f"with one more {role}", partial(_one_more, role))


FORMS = {
    TherapyForm.TELEHEALTH: "if {whom} had the visits by video",
    TherapyForm.OUTSIDE_THERAPIST: "if {whom} had the visits with an outside therapist",
    TherapyForm.DECLINED: "if {whom} was offered the visits and declined them",
}


def _also_on(names: tuple[str, ...], weekday: int, document: Document) -> None:
    """The patient, and who fetches them, are free on this weekday as well, all day."""
    whole = {"weekdays": [weekday], "from": "00:00", "to": "23:59"}
    for one in document["patients"]:
        if one["name"] in names:
            for held in (one, one.get("companion")):
                if held is not None and "available" in held:
                    held["available"].append(whole)


def _by(names: tuple[str, ...], form: TherapyForm, document: Document) -> None:
    for one in document["patients"]:
        if one["name"] in names:
            one["therapy"] = form.value


def _later(document: Document) -> None:
    document["until"] = (date.fromisoformat(document["until"]) + timedelta(days=7)).isoformat()
    for one in document["patients"]:
        one.pop("latest", None)


def _one_more_chair(document: Document) -> None:
    document["rooms"].append({"name": "one more", "kind": "treatment"})


def _one_more(role: str, document: Document) -> None:
    """One more person with the hours of the first of that role."""
    like = next((one for one in document["staff"] if role in one["roles"]), None)
    if like is not None:
        document["staff"].append({"name": "one more", "roles": [role], "hours": like["hours"]})
