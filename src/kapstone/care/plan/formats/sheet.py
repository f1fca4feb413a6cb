"""Everything that a format states, in one order: each number with how it is known and where it comes from.

The page of a course, the printed reference and the tests read this one list, so that no format lacks a row in
silence: where a format has no figure, the row says so.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kapstone.care.evidence import Policy, PolicyLine, claim
from kapstone.care.quantities import plain

from .format import Format


@dataclass(frozen=True, slots=True)
class Fact:
    """One row: what it is about, what holds, how that is known, and the policy line or claim that says it."""

    what: str
    words: str
    known_as: str = ""
    source: str = ""


Row = Callable[[Format, Policy], Iterator[Fact]]


def sheet(format_: Format, policy: Policy) -> tuple[Fact, ...]:
    """Every fact of a format under a policy, in the order in which a prescriber reads them."""
    return tuple(fact for row in ROWS for fact in row(format_, policy))


def said(line: PolicyLine) -> str:
    """The value of a policy line as a reader sees it."""
    if isinstance(line.value, bool):
        return "on" if line.value else "off"
    if isinstance(line.value, tuple):
        return ", ".join(line.value)
    return line.value if isinstance(line.value, str) else plain(line.value)


def _of_line(what: str, policy: Policy, key: str) -> Iterator[Fact]:
    if key in policy.lines:
        line = policy[key]
        yield Fact(what, f"{said(line)} {line.unit}", line.known_as, key)


def _of_claim(what: str, slug: str) -> Fact:
    found = claim(slug)
    return Fact(what, found.statement, found.standing.value, slug)


def _lines(what: str, *names: str, none: str = "none") -> Row:
    """Rows from the policy lines under `plan.<id>`, or one that says there is none."""

    def row(format_: Format, policy: Policy) -> Iterator[Fact]:
        found = [fact for name in names for fact in _of_line(what, policy, f"plan.{format_.id}.{name}")]
        yield from found or [Fact(what, none)]

    return row


def _words(what: str, attribute: str, source: str = "") -> Row:
    def row(format_: Format, policy: Policy) -> Iterator[Fact]:
        known_as = claim(source).standing.value if source else ""
        yield Fact(what, getattr(format_, attribute), known_as, source)

    return row


def _drug(format_: Format, policy: Policy) -> Iterator[Fact]:
    yield Fact("Drug", f"{format_.drug}. {format_.approval}.")


def _range(format_: Format, policy: Policy) -> Iterator[Fact]:
    yield _of_claim("Range in the literature", format_.range_claim)


def _rests(format_: Format, policy: Policy) -> Iterator[Fact]:
    if format_.rests:
        yield Fact("What is left in the mouth", " or ".join(format_.rests) + ": it changes the dose, so record which")


def _readings(format_: Format, policy: Policy) -> Iterator[Fact]:
    yield from _of_line("Readings", policy, f"session.slots.{format_.id}")


def _fasting(format_: Format, policy: Policy) -> Iterator[Fact]:
    for name in format_.fasting:
        yield from _of_line("Fasting", policy, name) if name in policy.lines else [_of_claim("Fasting", name)]


def _pattern(format_: Format, policy: Policy) -> Iterator[Fact]:
    if format_.pattern_claim:
        yield _of_claim("Course: by the label", format_.pattern_claim)


def _home(format_: Format, policy: Policy) -> Iterator[Fact]:
    line = policy["plan.home.allowed"]
    words = f"{said(line)}. {format_.home}" if format_.home else "never"
    yield Fact("At home", words, line.known_as if format_.home else "", line.key if format_.home else "")


NO_LIMIT = "not set: none can be given until a medical director signs one"

ROWS: tuple[Row, ...] = (
    _drug,
    _lines("Start", "start_mg_per_kg", "start_mg", "first_mg_trd", "first_mg_mdsi"),
    _range,
    _lines("First dose above this: say why", "start_max_mg_per_kg", "start_max_mg"),
    _lines("Soft limit, above it: say why", "soft_max_mg_per_kg", "soft_max_mg"),
    _lines(
        "Hard limit", "hard_max_mg_per_kg", "hard_max_mg", "hard_max_mg_per_kg_per_h", "allowed_mg", none=NO_LIMIT
    ),
    _lines("Largest step up", "ramp_mg_per_kg", "ramp_mg", "ramp_percent", "ramp_ladder_mg_per_kg"),
    _words("Clock zero", "clock_zero"),
    _lines("Duration", "duration_min", "hold_min"),
    _rests,
    _words("To stop means", "stop_means"),
    _readings,
    _lines("Observation at least", "observe_min"),
    _words("Observation counts from", "release_clock"),
    _fasting,
    _words("Weight", "weight_basis", source="weight-basis-bmi"),
    _lines("Patients to one nurse, while it is given", "patients_per_nurse_giving", "giving_min"),
    _lines("Patients to one nurse, while observed", "patients_per_nurse_observing"),
    _words("Way home", "way_home"),
    _lines("Course: days between doses, in turn", "days_between"),
    _lines("Course: doses", "default_doses"),
    _pattern,
    _home,
)
"""One row of the sheet after another."""
