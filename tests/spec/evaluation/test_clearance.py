"""Tests asked for, received, read and expired: each state, both sides of the last day, and what a result fills."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from kapstone.care.evaluation import Intake, asks, evaluate, read_intake, write_intake
from kapstone.care.evaluation.clearance import (
    TRANSITIONS,
    BadResult,
    Did,
    Order,
    Standing,
    State,
    Step,
    after,
    allowed,
    clearance_test,
    clearance_tests,
    filled,
    plain_result,
    read_result,
    standing,
    why_not,
)
from kapstone.care.evidence import default_policy
from kapstone.care.quantities import Instant

POLICY = default_policy()
NEW_YORK = ZoneInfo("America/New_York")
ASKED = Instant(datetime(2026, 11, 2, 15, 0, tzinfo=UTC))
TAKEN = date(2026, 11, 2)
LIVER = {
    name: value
    for one in ("alt", "ast", "alp", "ggt", "bilirubin")
    for name, value in ((one, "30"), (f"{one}_upper", "40"))
}
VALUES = {
    "pregnancy": {"result": "negative"},
    "urine": {"result": "negative"},
    "ecg": {"qtc_ms": "418"},
    "liver": LIVER,
    "pressures": {
        "readings": [
            ("2026-11-02T14:00:00+00:00", 132, 84),
            ("2026-10-31T14:00:00+00:00", 128, 80),
            ("2026-11-01T14:00:00+00:00", 130, 82),
        ]
    },
    "pdmp": {"finding": "as_told"},
}
DAYS = {"pregnancy": 7, "urine": 90, "ecg": 365, "liver": 90, "pressures": 30, "pdmp": 90}
"""How long each counts, by the default policy."""


def step(did: Did, hour: int = 1, **more: object) -> Step:
    """A step some hours after the asking; a result has the id “result”, and the rest is about it."""
    about = "" if did in (Did.RECEIVED, Did.WITHDRAWN, Did.NOT_NEEDED) else "result"
    taken = TAKEN if did == Did.RECEIVED else None
    fields = {"id": "result" if did == Did.RECEIVED else f"step-{hour}", "about": about, "taken_on": taken}
    return Step(did=did, at=Instant(ASKED + timedelta(hours=hour)), **{**fields, **more})  # type: ignore[arg-type]


def order(*steps: Did | Step, due_on: date | None = None, name: str = "order", at: Instant = ASKED) -> Order:
    """A test that was asked for, and what happened to it, an hour apart."""
    made = tuple(one if isinstance(one, Step) else step(one, hour) for hour, one in enumerate(steps, start=1))
    return Order(id=name, at=at, due_on=due_on, steps=made)


def stands(
    *orders: Order,
    test: str = "ecg",
    on: date = TAKEN,
    next_dose: date | None = None,
    at: Instant | None = None,
    intake: Intake | None = None,
) -> Standing:
    """How a test stands at noon of a day in New York."""
    moment = at or Instant(datetime(on.year, on.month, on.day, 17, 0, tzinfo=UTC))
    return standing(
        clearance_test(test),
        orders,
        at=moment,
        zone=NEW_YORK,
        policy=POLICY,
        intake=intake or Intake(),
        next_dose=next_dose,
    )


# what was done: where it stands, whether a result counts, and the sentence
STATES: list[tuple[tuple[Did, ...], State, bool, str]] = [
    ((), State.ASKED, False, "Asked for on 2026-11-02. Nothing has come in yet."),
    ((Did.RECEIVED,), State.RECEIVED, False, "A result came in on 2026-11-02. Nobody has read it"),
    ((Did.RECEIVED, Did.READ), State.READ, True, "Counts up to 2027-11-02."),
    ((Did.RECEIVED, Did.REPEAT), State.ASKED, False, "The last result could not be used, read on 2026-11-02."),
    ((Did.RECEIVED, Did.IN_ERROR), State.ASKED, False, "A result was marked as entered in error on 2026-11-02."),
    ((Did.RECEIVED, Did.READ, Did.IN_ERROR), State.ASKED, False, "A result was marked as entered in error"),
    ((Did.WITHDRAWN,), State.WITHDRAWN, False, "Asked for on 2026-11-02 and withdrawn on 2026-11-02."),
    ((Did.NOT_NEEDED,), State.NOT_NEEDED, False, "Asked for on 2026-11-02 and marked as not needed on 2026-11-02."),
    # what may not happen changes nothing
    ((Did.READ,), State.ASKED, False, "Nothing has come in yet."),
    ((Did.RECEIVED, Did.WITHDRAWN), State.RECEIVED, False, "Nobody has read it"),
    ((Did.WITHDRAWN, Did.RECEIVED), State.WITHDRAWN, False, "withdrawn"),
]


@pytest.mark.parametrize(("done", "state", "counts", "sentence"), STATES)
def test_where_a_test_stands(done: tuple[Did, ...], state: State, counts: bool, sentence: str) -> None:
    now = stands(order(*done))
    assert (now.state, now.counts) == (state, counts)
    assert sentence in str(now.reason)


@pytest.mark.mitigates("M-100")
def test_no_path_leads_to_counting_without_a_reading() -> None:
    into = {(before, did) for (before, did), then in TRANSITIONS.items() if then == State.READ}
    assert into == {(State.RECEIVED, Did.READ)}
    assert not allowed(State.RECEIVED, Did.WITHDRAWN)
    assert not allowed(State.RECEIVED, Did.NOT_NEEDED)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("did", list(Did))
def test_what_may_not_happen_changes_nothing_and_says_why(state: State, did: Did) -> None:
    if allowed(state, did):
        assert why_not(state, did) == ""
        return
    assert after(state, did) == state
    assert why_not(state, did).endswith(".")


@pytest.mark.mitigates("M-102")
@pytest.mark.parametrize("test", sorted(DAYS))
def test_a_result_counts_up_to_its_last_day_and_not_a_day_longer(test: str) -> None:
    done, last = order(Did.RECEIVED, Did.READ), TAKEN + timedelta(days=DAYS[test])
    assert stands(done, test=test, on=last).state == State.READ
    now = stands(done, test=test, on=last + timedelta(days=1))
    assert (now.state, now.counts, now.recheck_on) == (State.EXPIRED, False, last)
    assert str(now.reason) == f"Counted up to {last}. A new one is needed."


@pytest.mark.parametrize(
    ("at", "state"),
    [
        # 2026-11-09 is the last day of a pregnancy test; New York is five hours behind UTC
        (datetime(2026, 11, 10, 4, 59, tzinfo=UTC), State.READ),
        (datetime(2026, 11, 10, 5, 0, tzinfo=UTC), State.EXPIRED),
        (datetime(2026, 11, 9, 23, 59, tzinfo=UTC), State.READ),
    ],
)
def test_the_last_day_ends_at_midnight_of_the_clinic_not_of_utc(at: datetime, state: State) -> None:
    assert stands(order(Did.RECEIVED, Did.READ), test="pregnancy", at=Instant(at)).state == state


def test_the_reader_may_name_an_earlier_day_and_never_a_later_one() -> None:
    for named, last in ((date(2026, 12, 1), date(2026, 12, 1)), (date(2030, 1, 1), date(2027, 11, 2))):
        done = order(step(Did.RECEIVED), step(Did.READ, 2, recheck_on=named))
        assert stands(done).recheck_on == last


@pytest.mark.parametrize(
    ("dose", "lasts", "sentence"),
    [
        (date(2026, 11, 9), True, "Counts up to 2026-11-09."),
        (date(2026, 11, 10), False, "Counts up to 2026-11-09. That is before the next dose, on 2026-11-10."),
        (None, None, "Counts up to 2026-11-09."),
    ],
)
def test_whether_it_lasts_until_the_next_dose(dose: date | None, lasts: bool | None, sentence: str) -> None:
    now = stands(order(Did.RECEIVED, Did.READ), test="pregnancy", next_dose=dose)
    assert (now.state, now.lasts, str(now.reason)) == (State.READ, lasts, sentence)


@pytest.mark.parametrize(
    ("due_on", "next_dose", "on", "shown", "overdue"),
    [
        (date(2026, 11, 5), None, date(2026, 11, 5), date(2026, 11, 5), False),
        (date(2026, 11, 5), None, date(2026, 11, 6), date(2026, 11, 5), True),
        (date(2026, 11, 5), date(2026, 11, 4), date(2026, 11, 3), date(2026, 11, 5), False),
        (None, date(2026, 11, 4), date(2026, 11, 3), date(2026, 11, 4), False),
        (None, None, date(2026, 12, 3), None, False),
    ],
)
def test_by_when_it_is_due(
    due_on: date | None, next_dose: date | None, on: date, shown: date | None, overdue: bool
) -> None:
    now = stands(order(due_on=due_on), on=on, next_dose=next_dose)
    assert (now.due_on, now.overdue) == (shown, overdue)
    assert ("nothing has come in" in str(now.reason)) == overdue


def test_while_a_new_one_is_awaited_the_old_one_still_counts() -> None:
    old = order(Did.RECEIVED, Did.READ)
    new = order(name="new", at=Instant(ASKED + timedelta(days=3)))
    now = stands(old, new, test="pregnancy", on=date(2026, 11, 9))
    assert (now.state, now.counts) == (State.ASKED, True)
    assert "The result before it counts up to 2026-11-09." in str(now.reason)
    later = stands(old, new, test="pregnancy", on=date(2026, 11, 10))
    assert (later.state, later.counts) == (State.ASKED, False)
    assert "The result before it counted up to 2026-11-09." in str(later.reason)


def test_a_renewal_that_is_withdrawn_leaves_the_old_result_standing() -> None:
    new = order(Did.WITHDRAWN, name="new", at=Instant(ASKED + timedelta(days=3)))
    assert stands(order(Did.RECEIVED, Did.READ), new, on=date(2026, 11, 6)).state == State.READ


def test_the_newest_result_is_the_one_taken_last_not_the_one_entered_last() -> None:
    recent = order(Did.RECEIVED, Did.READ)
    older = step(Did.RECEIVED, 30, id="older", taken_on=date(2026, 10, 1))
    late = order(older, step(Did.READ, 31, about="older"), name="late", at=Instant(ASKED + timedelta(days=1)))
    now = stands(recent, late, on=date(2026, 11, 4))
    assert now.counting is not None
    assert now.counting.id == "result"


@pytest.mark.parametrize(
    ("test", "answers", "needed"),
    [
        ("pregnancy", {"could_become_pregnant": True}, True),
        ("pregnancy", {"could_become_pregnant": False}, False),
        ("pregnancy", {}, None),
        ("ecg", {"birth_date": date(1975, 11, 2), "evaluated_on": TAKEN}, True),
        ("ecg", {}, None),
        (
            "ecg",
            {
                "birth_date": date(1976, 11, 2),
                "evaluated_on": TAKEN,
                "heart_event_12_months": False,
                "heart_failure": False,
                "arrhythmia_uncontrolled": False,
            },
            False,
        ),
        ("ecg", {"heart_failure": True}, True),
        ("urine", {}, True),
        ("liver", {}, True),
        ("pressures", {}, True),
        ("pdmp", {}, True),
    ],
)
def test_who_needs_it(test: str, answers: dict[str, object], needed: bool | None) -> None:
    now = stands(test=test, intake=Intake(**answers))  # type: ignore[arg-type]
    assert (now.state, now.needed) == (State.NOT_ASKED, needed)
    words = {True: "It has not been asked for.", False: "Not needed", None: "not known yet"}
    assert words[needed] in str(now.reason)


def test_a_clinic_may_ask_urine_on_suspicion_only() -> None:
    policy = POLICY.changed({"evaluation.tests.urine_screen_for_all": False})
    assert clearance_test("urine").needed(Intake(), policy) is False


def fills(
    test: str, values: dict[str, object], judged: dict[str, object] | None = None, **more: object
) -> dict[str, object]:
    """What a result that was read fills."""
    kind = clearance_test(test)
    on = more.pop("on", TAKEN)
    done = order(step(Did.RECEIVED), step(Did.READ, 2, **more))
    now = stands(done, test=test, on=on)  # type: ignore[arg-type]
    result, said = read_result(kind.values, values), read_result(kind.judged, judged or {}) if judged else {}
    return filled(now, result, said, on, POLICY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("test", "values", "judged", "fields"),
    [
        ("pregnancy", {"result": "negative"}, None, {"last_pregnancy_test": TAKEN}),
        ("pregnancy", {"result": "positive"}, None, {"pregnant": True, "last_pregnancy_test": None}),
        ("urine", {"result": "negative"}, None, {"urine_screen_on": TAKEN, "urine_screen_unexplained": False}),
        ("urine", {"result": "thc_only"}, None, {"urine_screen_on": TAKEN, "urine_screen_unexplained": False}),
        (
            "urine",
            {"result": "positive"},
            {"explained": "yes"},
            {"urine_screen_on": TAKEN, "urine_screen_unexplained": False},
        ),
        (
            "urine",
            {"result": "positive"},
            {"explained": "no"},
            {"urine_screen_on": TAKEN, "urine_screen_unexplained": True},
        ),
        ("urine", {"result": "positive"}, None, {"urine_screen_on": TAKEN, "urine_screen_unexplained": True}),
        ("ecg", {"qtc_ms": "418"}, None, {"ecg_on": TAKEN, "qtc_ms": Decimal(418)}),
        ("pdmp", {"finding": "more"}, None, {"pdmp_on": TAKEN}),
        ("pressures", VALUES["pressures"], None, {"pressures": ((128, 80), (130, 82), (132, 84))}),
        (
            "liver",
            LIVER,
            None,
            {"liver_panel_on": TAKEN}
            | dict.fromkeys(("alt_uln", "ast_uln", "alp_uln", "ggt_uln", "bilirubin_uln"), Decimal("0.75")),
        ),
    ],
)
def test_what_a_result_that_was_read_fills(
    test: str, values: dict[str, object], judged: dict[str, object] | None, fields: dict[str, object]
) -> None:
    assert fills(test, values, judged) == fields
    assert set(fields) <= set(clearance_test(test).fields) <= set(asks())


@pytest.mark.mitigates("M-100")
@pytest.mark.parametrize(
    "done", [(), (Did.RECEIVED,), (Did.RECEIVED, Did.REPEAT), (Did.RECEIVED, Did.READ, Did.IN_ERROR)]
)
@pytest.mark.parametrize("test", sorted(VALUES))
def test_what_nobody_read_fills_nothing(test: str, done: tuple[Did, ...]) -> None:
    now = stands(order(*done), test=test)
    result = read_result(clearance_test(test).values, VALUES[test])
    assert filled(now, result, {}, TAKEN, POLICY) == {}


def test_a_result_too_old_by_policy_keeps_its_day_so_that_the_rule_says_so() -> None:
    on = TAKEN + timedelta(days=91)
    found = fills("liver", LIVER, on=on)
    assert found["liver_panel_on"] == TAKEN
    verdict = evaluate(Intake(evaluated_on=on, **found), POLICY)  # type: ignore[arg-type]
    rule = next(one for one in verdict.findings if one.rule == "E43")
    assert not rule.missing


def test_after_the_readers_earlier_day_the_day_is_not_known_and_what_was_found_stays() -> None:
    found = fills("liver", LIVER, on=date(2026, 11, 20), recheck_on=date(2026, 11, 19))
    assert (found["liver_panel_on"], found["alt_uln"]) == (None, Decimal("0.75"))


def test_an_old_pressure_series_is_not_known_any_more() -> None:
    for after_days, known in ((30, True), (31, False)):
        found = fills("pressures", VALUES["pressures"], on=TAKEN + timedelta(days=after_days))
        assert (found["pressures"] is not None) == known


@pytest.mark.parametrize("test", sorted(VALUES))
def test_what_is_filled_can_be_read_as_an_intake_and_kept(test: str) -> None:
    intake = Intake(evaluated_on=TAKEN, **fills(test, VALUES[test]))  # type: ignore[arg-type]
    assert write_intake(read_intake(write_intake(intake))) == write_intake(intake)
    kind = clearance_test(test)
    result = read_result(kind.values, VALUES[test])
    assert read_result(kind.values, plain_result(result)) == result
    assert kind.says(result)


MORNING, NOON = "2026-11-02T14:00:00+00:00", "2026-11-02T17:00:00+00:00"
# test, values, the value that is wrong, and part of the sentence
WRONG: list[tuple[str, dict[str, object], str, str]] = [
    ("ecg", {}, "qtc_ms", "a number from 300 to 700 ms"),
    ("ecg", {"qtc_ms": "299.9"}, "qtc_ms", "from 300 to 700 ms"),
    ("ecg", {"qtc_ms": "700.1"}, "qtc_ms", "from 300 to 700 ms"),
    ("ecg", {"qtc_ms": "NaN"}, "qtc_ms", "from 300"),
    ("ecg", {"qtc_ms": "0.42 s"}, "qtc_ms", "from 300"),
    ("pregnancy", {"result": "maybe"}, "result", "choose one"),
    ("liver", {**LIVER, "alt": "20001"}, "alt", "from 0 to 20000 U/L"),
    ("liver", {**LIVER, "alt_upper": "0"}, "alt_upper", "from 1 to 1000 U/L"),
    ("liver", {**LIVER, "alt": "20000", "alt_upper": "40"}, "alt", "times its upper limit"),
    ("liver", {**LIVER, "ggt_upper": ""}, "ggt_upper", "or neither"),
    ("pressures", {"readings": [(MORNING, 128, 82)] * 2}, "readings", "at least 3"),
    ("pressures", {"readings": [(MORNING, 128, 82)] * 3}, "readings", "same day and time"),
    ("pressures", {"readings": [(MORNING, 128, 82), (NOON, 82, 128), ("x", 1, 1)]}, "readings", "below the upper"),
    ("pressures", {"readings": [(MORNING, 261, 82)] * 3}, "readings", "from 50 to 260 mm Hg"),
    ("pressures", {"readings": [(MORNING, 128, 19)] * 3}, "readings", "from 20 to 160 mm Hg"),
    ("pressures", {"readings": [("2026-11-02T14:00", 128, 82)] * 3}, "readings", "the day, the time"),
]


@pytest.mark.parametrize(("test", "values", "name", "part"), WRONG)
def test_what_cannot_be_true_is_refused_with_a_sentence(
    test: str, values: dict[str, object], name: str, part: str
) -> None:
    kind = clearance_test(test)
    with pytest.raises(BadResult, match=part) as wrong:
        kind.check(read_result(kind.values, values, 3))
    assert wrong.value.name == name


def test_ggt_may_be_left_out() -> None:
    values = {name: value for name, value in LIVER.items() if not name.startswith("ggt")}
    assert "ggt_uln" not in fills("liver", values)


def test_there_are_six_kinds_and_each_names_a_policy_line_and_fields() -> None:
    assert list(clearance_tests()) == ["pregnancy", "urine", "ecg", "liver", "pressures", "pdmp"]
    for kind in clearance_tests().values():
        assert POLICY.number(kind.valid_days) == DAYS[kind.id]
        assert kind.day_field in kind.fields
        assert set(kind.depends_on) <= set(asks())
