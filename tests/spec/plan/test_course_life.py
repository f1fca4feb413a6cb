"""A course from its preparation to its end: looks, rethinking, spacing, end states, authorisations, giving, home."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from kapstone.care.evidence import Policy, PolicyLine, claims, default_policy
from kapstone.care.plan import FORMATS
from kapstone.care.plan.authorisation import Authorisation, standing
from kapstone.care.plan.course import RETHINK, EndState, Gain, course_state, looks, spacings, why_rethink
from kapstone.care.plan.course.ending import CourseState, why_not_end
from kapstone.care.plan.licences import PRN_ROUTES, Licence, why_not_give
from kapstone.care.plan.setting import AtHome, home_blocks, home_is_offered
from kapstone.care.quantities import Instant

POLICY = default_policy()
FIRST = Instant(datetime(2026, 3, 3, 15, tzinfo=UTC))


def ends(*days: int) -> list[Instant]:
    """Doses that end so many days after the first."""
    return [Instant(FIRST + timedelta(days=day)) for day in days]


def told(format_id: str, *days: int) -> list[tuple[str, float]]:
    """What is looked at, and how many days after the first dose."""
    found = looks(FORMATS[format_id], ends(*days), POLICY)
    assert [one.due for one in found] == sorted(one.due for one in found)
    assert all(one.source in POLICY.lines or one.source in claims() for one in found)
    return [(one.kind.value, (one.due - FIRST) / timedelta(days=1)) for one in found]


def test_a_course_has_its_looks_from_preparation_to_the_weeks_after() -> None:
    found = told("iv", 0, 2, 7, 9, 14, 16)
    assert [day for kind, day in found if kind == "preparation"] == [-1]
    assert [day for kind, day in found if kind == "call"] == [1, 3, 8, 10, 15, 17]
    assert [day for kind, day in found if kind == "re_evaluation"] == [9]
    checks = [day for kind, day in found if kind == "check_in"]
    assert checks == sorted([3, 7, 7, 14, 21, 16 + 14, 16 + 28, 16 + 42, 16 + 56, 16 + 84])


def test_esketamine_is_looked_at_at_the_end_of_week_4() -> None:
    assert ("re_evaluation", 28.0) in told("in-esketamine", 0, 2)
    assert ("re_evaluation", 28.0) not in told("iv", 0, 2)


def test_no_dose_no_look() -> None:
    assert looks(FORMATS["iv"], [], POLICY) == ()


RETHINKS = [
    # given, gained, why
    (3, None, None),
    (3, False, None),
    (4, True, None),
    (12, True, None),
    (4, None, "course.not_measured"),
    (4, False, "course.no_gain_yet"),
    (5, False, "course.no_gain_yet"),
    (6, False, "course.no_gain"),
    (6, None, "course.not_measured"),
]


@pytest.mark.parametrize(("given", "gained", "key"), RETHINKS)
def test_without_a_gain_the_course_is_rethought(given: int, gained: bool | None, key: str | None) -> None:
    found = why_rethink(given, gained, POLICY)
    assert (found.key if found else None) == key


def test_the_rules_for_stopping_rest_on_something_or_need_nothing() -> None:
    assert RETHINK[0][0] == "wish"
    for key, words, source in RETHINK:
        assert words.endswith("."), key
        assert not source or source in POLICY.lines or source in claims(), key


SPACINGS = [
    # days now, held, gain, options with their days
    (None, 0, "unknown", {"measure": None}),
    (7, 3, "unknown", {"measure": 7}),
    (None, 0, "stable", {"keep": 7, "stop": None}),
    (7, 3, "stable", {"keep": 7, "stop": None}),
    (7, 4, "stable", {"keep": 7, "longer": 14, "stop": None}),
    (14, 1, "stable", {"keep": 14, "longer": 21, "stop": None}),
    (21, 2, "stable", {"keep": 21, "longer": 28, "stop": None}),
    (28, 2, "stable", {"keep": 28, "stop": None}),
    (14, 4, "slipping", {"keep": 14, "closer": 7, "stop": None}),
    (7, 4, "slipping", {"keep": 7, "closer": 7, "stop": None}),
    (28, 2, "lost", {"review": None, "closer": 21, "stop": None}),
    (None, 0, "lost", {"review": None, "closer": 7, "stop": None}),
]


@pytest.mark.parametrize(("gap", "held", "gain", "options"), SPACINGS)
def test_spacing_is_options_with_reasons(
    gap: int | None, held: int, gain: str, options: dict[str, int | None]
) -> None:
    found = spacings(gap, held, Gain(gain), POLICY)
    assert {one.key: one.days for one in found} == options
    assert all(str(one.reason).endswith((".", "!")) for one in found)


ENDINGS = [
    # doses begun, how, may end so
    (0, "completed", False),
    (0, "declined", True),
    (0, "transferred", True),
    (0, "died", True),
    (3, "completed", True),
    (3, "declined", False),
    (3, "stopped", True),
    (3, "lost", True),
]


@pytest.mark.parametrize(("begun", "how", "may"), ENDINGS)
def test_how_a_course_may_end(begun: int, how: str, may: bool) -> None:
    assert (why_not_end(course_state(begun, False), EndState(how)) == "") is may


def test_an_ended_course_ends_no_more() -> None:
    assert course_state(3, True) is CourseState.ENDED
    assert {bool(why_not_end(CourseState.ENDED, how)) for how in EndState} == {True}
    assert all(how.words for how in EndState)


TODAY = date(2026, 12, 1)
UNITS = [
    # units, since, until, used, planned, words, short
    (8, date(2026, 11, 1), date(2026, 12, 12), 6, 1, "2 units left, ends 12 Dec", True),
    (8, date(2026, 11, 1), date(2027, 1, 31), 6, 2, "2 units left, ends 31 Jan", False),
    (8, date(2026, 11, 1), date(2027, 1, 31), 6, 3, "2 units left, ends 31 Jan", False),
    (8, date(2026, 11, 1), date(2027, 1, 31), 7, 2, "1 unit left, ends 31 Jan", True),
    (8, date(2026, 11, 1), date(2027, 1, 31), 7, 1, "1 unit left, ends 31 Jan", False),
    (8, date(2026, 11, 1), date(2027, 1, 31), 9, 0, "0 units left, ends 31 Jan", False),
    (8, date(2026, 10, 1), date(2026, 11, 30), 2, 1, "ended 30 Nov", True),
    (8, date(2026, 10, 1), date(2026, 11, 30), 2, 0, "ended 30 Nov", False),
    (8, date(2026, 12, 5), date(2027, 1, 31), 0, 2, "8 units, begins 5 Dec", False),
]


@pytest.mark.parametrize(("units", "since", "until", "used", "planned", "words", "short"), UNITS)
def test_an_authorisation_says_what_is_left(
    units: int, since: date, until: date, used: int, planned: int, words: str, short: bool
) -> None:
    found = standing(Authorisation(units, since, until), used, planned, TODAY, POLICY)
    assert (found.words, found.short) == (words, short)


GIVES = [
    # licences, route, why not
    ("rn", "iv", ""),
    ("lpn", "iv", "giving.not_covered"),
    ("lpn rn", "iv", ""),
    ("lpn", "sl", ""),
    ("", "sl", "giving.none"),
    ("md", "in-racemic", ""),
    ("lpn", "prn_injection", "giving.not_covered"),
    ("lpn", "prn_mouth", ""),
]


@pytest.mark.mitigates("M-010")
@pytest.mark.parametrize(("held", "route", "key"), GIVES)
def test_who_may_give_what(held: str, route: str, key: str) -> None:
    no = why_not_give(frozenset(map(Licence, held.split())), route, "CT", POLICY)
    assert (no.key if no else "") == key


def test_a_state_s_own_line_comes_first() -> None:
    own = PolicyLine("plan.giving.ct.iv", ("md",), "licences", "As this state asks.", "default")
    policy = Policy({**POLICY.lines, own.key: own})
    assert why_not_give(frozenset({Licence.RN}), "iv", "CT", policy) is not None
    assert why_not_give(frozenset({Licence.RN}), "iv", "NY", policy) is None


def test_every_route_has_its_line_and_an_unknown_one_is_an_error() -> None:
    for route in (*FORMATS, *PRN_ROUTES):
        assert set(POLICY.names(f"plan.giving.{route}")) <= {one.value for one in Licence}
    with pytest.raises(ValueError, match="who may give ear"):
        why_not_give(frozenset({Licence.RN}), "ear", "CT", POLICY)


ALLOWED = POLICY.changed({"plan.home.allowed": True})
AT = Instant(datetime(2026, 12, 20, 18, tzinfo=UTC))
KNOWN = AtHome("12 Elm St, New Haven CT", "12 Elm St", True, True, "video", Instant(AT - timedelta(minutes=30)), True)


def without(**gone: object) -> AtHome:
    """All that is needed, but for this."""
    values = {name: getattr(KNOWN, name) for name in AtHome.__dataclass_fields__}
    return AtHome(**{**values, **gone})  # type: ignore[arg-type]


HOMES = [
    (KNOWN, date(2026, 12, 20), ""),
    (KNOWN, date(2027, 1, 1), ""),
    (without(place_today=""), date(2026, 12, 20), "home.place"),
    (without(emergency_address=""), date(2026, 12, 20), "home.address"),
    (without(licence_covers_place=None), date(2026, 12, 20), "home.licence"),
    (without(companion_present=False), date(2026, 12, 20), "home.companion"),
    (without(call_by="letter"), date(2026, 12, 20), "home.call"),
    (without(call_by="phone"), date(2026, 12, 20), ""),
    (without(pressure_at=None), date(2026, 12, 20), "home.pressure"),
    (without(pressure_at=Instant(AT - timedelta(minutes=60))), date(2026, 12, 20), ""),
    (without(pressure_at=Instant(AT - timedelta(minutes=61))), date(2026, 12, 20), "home.pressure"),
    (without(pressure_at=Instant(AT + timedelta(minutes=1))), date(2026, 12, 20), "home.pressure"),
    (without(examined_in_person=None), date(2026, 12, 31), ""),
    (without(examined_in_person=None), date(2027, 1, 1), "home.law"),
]


@pytest.mark.parametrize(("known", "today", "key"), HOMES)
def test_a_dose_at_home_needs_everything(known: AtHome, today: date, key: str) -> None:
    assert " ".join(one.key for one in home_blocks(FORMATS["sl"], known, ALLOWED, AT, today)) == key


def test_home_is_off_by_default_and_never_for_an_infusion() -> None:
    off, never = home_is_offered(FORMATS["sl"], POLICY), home_is_offered(FORMATS["iv"], ALLOWED)
    assert off is not None and off.key == "home.off"
    assert never is not None and never.key == "home.format"
    assert home_is_offered(FORMATS["sl"], ALLOWED) is None


def test_a_later_date_of_the_law_is_one_policy_line() -> None:
    later = ALLOWED.changed({"plan.home.in_person_exam_from": "2028-01-01"})
    assert not home_blocks(FORMATS["sl"], without(examined_in_person=None), later, AT, date(2027, 6, 1))
    assert Decimal(POLICY.number("plan.home.pressure_fresh_min")) == 60
