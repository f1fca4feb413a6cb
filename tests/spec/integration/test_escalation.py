"""A concern on its way to a person: step by step, at the right moment, never backwards, until somebody has it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kapstone.care.evidence import Policy, default_policy
from kapstone.care.integration import Deed, Escalation, Raised, Roster, Shift, Stage, escalation, to_tell
from kapstone.care.integration.escalation import read_from
from kapstone.care.quantities import Instant, instant, minutes

POLICY = default_policy()
NEW_YORK = ZoneInfo("America/New_York")
FIRST, SECOND, THIRD, DIRECTOR, LEAD = (UUID(int=number) for number in range(1, 6))
NAMES = {FIRST: "first", SECOND: "second", THIRD: "third", DIRECTOR: "director", LEAD: "lead"}
LEADS = (DIRECTOR, LEAD)
WORKDAYS = frozenset(range(5))


def local(text: str) -> Instant:
    """A wall-clock time in New York as a moment."""
    return instant(datetime.fromisoformat(text).replace(tzinfo=NEW_YORK))


def shifts(*people: UUID) -> Roster:
    """These people on call on weekdays from 8 to 17, in this order."""
    lines = [
        Shift(one, rank, WORKDAYS, time(8), time(17), date(2026, 1, 1)) for rank, one in enumerate(people, start=1)
    ]
    return Roster(tuple(lines), NEW_YORK)


THREE = shifts(FIRST, SECOND, THIRD)
NOBODY = shifts()
MONDAY_3_PM, FRIDAY_4_50_PM, SATURDAY_2_AM = (
    local(text) for text in ("2026-11-02T15:00", "2026-11-06T16:50", "2026-11-07T02:00")
)


def watch(
    tier: str, raised: Instant, roster: Roster, until: str, *deeds: str, leads: Sequence[UUID] = LEADS
) -> list[tuple[str, str]]:
    """Runs a job each minute and writes down whom it tells when. A deed is written as 15:02 taken."""
    told: set[tuple[int, UUID]] = set()
    found, at = [], raised
    said = [one.split() for one in deeds]
    done = [Deed(kind, local(f"{until[:10]}T{when}")) for when, kind in said]
    while at <= local(until):
        now = escalation(Raised(tier, raised), [one for one in done if one.at <= at], roster, POLICY, at)
        for person in to_tell(Raised(tier, raised), now, roster, POLICY, leads, told, FIRST, at):
            assert now.step is not None
            told.add((now.step.number, person))
            found.append((f"{at.astimezone(NEW_YORK):%a %H:%M}", NAMES[person]))
        at = Instant(at + minutes(1))
    return found


SCENES = [
    (
        "nobody takes a concern of now",
        ("now", MONDAY_3_PM, THREE, "2026-11-02T15:50"),
        ["Mon 15:00 first", "Mon 15:05 second", "Mon 15:10 third", "Mon 15:15 director", "Mon 15:15 lead",
         "Mon 15:45 first", "Mon 15:45 second", "Mon 15:45 third", "Mon 15:45 director", "Mon 15:45 lead"],
    ),
    (
        "nobody takes a concern of today",
        ("today", MONDAY_3_PM, THREE, "2026-11-02T15:50"),
        ["Mon 15:00 first", "Mon 15:15 second", "Mon 15:30 third", "Mon 15:45 director", "Mon 15:45 lead"],
    ),
    (
        "taken after the first step: nobody else is told",
        ("today", MONDAY_3_PM, THREE, "2026-11-02T16:50", "15:10 taken", "15:40 settled"),
        ["Mon 15:00 first"],
    ),
    (
        "not reached: the next is told at once, and it goes on",
        ("now", MONDAY_3_PM, THREE, "2026-11-02T15:20", "15:02 taken", "15:12 unreached"),
        ["Mon 15:00 first", "Mon 15:12 second", "Mon 15:17 third"],
    ),
    (
        "taken and not settled: it returns, to the one who has it as well",
        ("now", MONDAY_3_PM, THREE, "2026-11-02T16:06", "15:02 taken"),
        ["Mon 15:00 first", "Mon 16:02 first", "Mon 16:02 second"],
    ),
    (
        "handed over: the clock begins anew",
        ("now", MONDAY_3_PM, THREE, "2026-11-02T16:30", "15:02 taken", "15:50 handed"),
        ["Mon 15:00 first"],
    ),
    (
        "one person alone on call: the leads come second",
        ("now", MONDAY_3_PM, shifts(FIRST), "2026-11-02T15:06"),
        ["Mon 15:00 first", "Mon 15:05 director", "Mon 15:05 lead"],
    ),
    (
        "nobody on the roster: the leads at once, whatever the tier",
        ("today", SATURDAY_2_AM, NOBODY, "2026-11-07T02:10"),
        ["Sat 02:00 director", "Sat 02:00 lead"],
    ),
    (
        "a concern of now does not wait for Monday",
        ("now", SATURDAY_2_AM, THREE, "2026-11-07T02:04"),
        ["Sat 02:00 director", "Sat 02:00 lead"],
    ),
    (
        "a concern of today waits until somebody is on the roster",
        ("today", SATURDAY_2_AM, THREE, "2026-11-09T08:16"),
        ["Mon 08:00 first", "Mon 08:15 second"],
    ),
    (
        "the end of a watch does not lose it",
        ("today", FRIDAY_4_50_PM, THREE, "2026-11-09T08:16"),
        ["Fri 16:50 first", "Mon 08:00 second", "Mon 08:15 third"],
    ),
    (
        "a concern of soon is told on the next working day",
        ("soon", MONDAY_3_PM, THREE, "2026-11-03T12:01"),
        ["Tue 08:00 first", "Tue 12:00 second"],
    ),
    (
        "of a Friday, that is Monday",
        ("soon", local("2026-11-06T09:00"), THREE, "2026-11-09T08:01"),
        ["Mon 08:00 first"],
    ),
]  # fmt: skip


@pytest.mark.mitigates("M-091")
@pytest.mark.parametrize(("what", "told_of", "expected"), SCENES, ids=[one[0] for one in SCENES])
def test_who_is_told_when(what: str, told_of: tuple[object, ...], expected: list[str]) -> None:
    assert [f"{when} {who}" for when, who in watch(*told_of)] == expected  # type: ignore[arg-type]


def test_it_waits_no_longer_than_a_long_weekend() -> None:
    later = Roster((Shift(FIRST, 1, frozenset({0}), time(8), time(17), date(2026, 11, 16)),), NEW_YORK)
    assert watch("today", SATURDAY_2_AM, later, "2026-11-07T02:01") == [
        ("Sat 02:00", "director"),
        ("Sat 02:00", "lead"),
    ]


def test_whoever_comes_on_is_told_at_once() -> None:
    early = Shift(FIRST, 1, WORKDAYS, time(8), time(15, 10), date(2026, 1, 1))
    late = Shift(SECOND, 1, WORKDAYS, time(15, 10), time(17), date(2026, 1, 1))
    found = watch("today", MONDAY_3_PM, Roster((early, late), NEW_YORK), "2026-11-02T15:12")
    assert found == [("Mon 15:00", "first"), ("Mon 15:10", "second")]


def test_a_job_that_stood_still_tells_everybody_who_must_know_by_now_once() -> None:
    late = Instant(MONDAY_3_PM + minutes(12))
    raised = Raised("now", MONDAY_3_PM)
    now = escalation(raised, [], THREE, POLICY, late)
    assert to_tell(raised, now, THREE, POLICY, LEADS, (), None, late) == (FIRST, SECOND, THIRD)


def test_a_policy_signed_before_these_lines_existed_runs_on_the_defaults() -> None:
    old = Policy({key: line for key, line in POLICY.lines.items() if not key.startswith("integration.")})
    raised, at = Raised("now", MONDAY_3_PM), Instant(MONDAY_3_PM + minutes(6))
    assert escalation(raised, [], THREE, old, at) == escalation(raised, [], THREE, POLICY, at)


TIERS = st.sampled_from(["now", "today", "soon"])
ROSTERS = st.sampled_from([THREE, shifts(FIRST), shifts(FIRST, SECOND), NOBODY])
STARTS = st.datetimes(datetime(2026, 10, 29), datetime(2026, 11, 9)).map(
    lambda one: instant(one.replace(tzinfo=NEW_YORK))
)
GAPS = st.integers(0, 60 * 24 * 4)
DEEDS = st.lists(
    st.tuples(st.integers(0, 60 * 24), st.sampled_from(["taken", "handed", "unreached"])), max_size=6
)  # fmt: skip


def done(raised: Instant, gaps: list[tuple[int, str]]) -> list[Deed]:
    """Deeds one after the other, so many minutes apart."""
    found, at = [], raised
    for gap, kind in gaps:
        at = Instant(at + minutes(gap))
        found.append(Deed(kind, at))
    return found


def seen_at(raised: Raised, deeds: list[Deed], roster: Roster, at: Instant) -> Escalation:
    """As it was seen at a moment: of what was done later nothing was known."""
    return escalation(raised, [one for one in deeds if one.at <= at], roster, POLICY, at)


@pytest.mark.mitigates("M-091")
@settings(deadline=None, max_examples=150)
@given(TIERS, ROSTERS, STARTS, DEEDS, GAPS, GAPS)
def test_it_never_goes_backwards_and_leaves_no_step_out(
    tier: str, roster: Roster, at: Instant, gaps: list[tuple[int, str]], one: int, more: int
) -> None:
    raised, deeds = Raised(tier, at), done(at, gaps)
    early = Instant(at + minutes(one))
    before, after = (
        seen_at(raised, deeds, roster, early),
        seen_at(raised, deeds, roster, Instant(early + minutes(more))),
    )
    assert after.steps[: len(before.steps)] == before.steps
    assert [step.number for step in after.steps] == list(range(1, len(after.steps) + 1))
    assert [step.due_at for step in after.steps] == sorted(step.due_at for step in after.steps)


@pytest.mark.mitigates("M-091")
@settings(deadline=None, max_examples=150)
@given(TIERS, ROSTERS, STARTS, DEEDS, GAPS)
def test_until_it_is_settled_something_always_comes_next(
    tier: str, roster: Roster, at: Instant, gaps: list[tuple[int, str]], later: int
) -> None:
    moment = Instant(at + minutes(later))
    found = seen_at(Raised(tier, at), done(at, gaps), roster, moment)
    assert found.next_at is not None
    assert found.next_at > moment
    assert found.next_at - moment <= timedelta(days=5)


@settings(deadline=None, max_examples=100)
@given(TIERS, ROSTERS, STARTS, DEEDS, GAPS)
def test_settled_is_the_end(
    tier: str, roster: Roster, at: Instant, gaps: list[tuple[int, str]], later: int
) -> None:  # fmt: skip
    taken = done(at, [*gaps, (1, "taken"), (1, "settled")])
    found = escalation(Raised(tier, at), taken, roster, POLICY, Instant(taken[-1].at + minutes(later)))
    assert found.stage is Stage.SETTLED
    assert found.next_at is None
    assert found == escalation(Raised(tier, at), taken, roster, POLICY, taken[-1].at)


@pytest.mark.mitigates("M-091")
@settings(deadline=None, max_examples=60)
@given(TIERS, ROSTERS, STARTS, st.integers(1, 30), st.integers(0, 60))
def test_somebody_is_told_at_most_one_tick_after_each_step(
    tier: str, roster: Roster, at: Instant, tick: int, offset: int
) -> None:
    raised = Raised(tier, at)
    due = (
        escalation(raised, [], roster, POLICY, at).next_at
        if not escalation(raised, [], roster, POLICY, at).steps
        else at
    )
    assert due is not None
    first_tick = Instant(due + minutes(min(offset, tick)))
    # Where the last shift ended in between, a concern of today waits for the next one, as everywhere at night.
    assume(read_from(tier, first_tick, roster, POLICY) <= first_tick)
    found = escalation(raised, [], roster, POLICY, first_tick)
    told = to_tell(raised, found, roster, POLICY, LEADS, (), None, first_tick)
    assert told, "at the first run of the job after the step was due somebody is told"
    assert told[0] == (roster.on_call(first_tick) or LEADS)[0], "and the first on call is never left out"
