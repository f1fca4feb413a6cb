"""The sets of readings that a format asks for: due, overdue, taken, closed with a reason, or missed."""

import pytest
from tests.spec.session.records import POLICY, Entry, moment, reading, state_of, to_dosing

from kapstone.care.plan import FORMATS
from kapstone.care.session import release
from kapstone.care.session.slots import current, slots, times, unanswered

IV = FORMATS["iv"]
FULL = {"sbp": 120, "dbp": 70, "hr": 70, "spo2": 98, "rr": 14}


def standing(at: float, *rows: Entry, format_id: str = "iv") -> dict[int, str]:
    """Minute of each set to where it stands."""
    return {one.minute: str(one.standing) for one in slots(state_of(*rows), FORMATS[format_id], moment(at))}


def shut(minute: int, reason: str = "refused", at: float = 0) -> Entry:
    """A set that was not taken, with why."""
    return (at, "slot_closed", {"minute": str(minute), "reason": reason})


def test_nothing_is_asked_for_before_the_dose() -> None:
    assert standing(50, (0, "arrived", {}), (0, "timeout_passed", {"sbp": "120", "dbp": "70"})) == {}


ONE_SET = [
    # minute looked at, how the set of minute 10 stands when nothing was measured
    (7.9, "coming"),
    (8, "due"),
    (15, "due"),
    (15.1, "overdue"),
    (17.9, "overdue"),
    (18, "missed"),
]


@pytest.mark.parametrize(("at", "expected"), ONE_SET)
def test_a_set_comes_is_due_overdue_and_missed(at: float, expected: str) -> None:
    assert standing(at, *to_dosing(), reading(0, **FULL)).get(10) == expected


TAKEN = [
    # minute of the reading, which sets it takes
    (-2, {0}),
    (7.9, {0}),
    (8, {10}),
    (17.9, {10}),
    (18, {20}),
]


@pytest.mark.parametrize(("minute", "expected"), TAKEN)
def test_a_reading_takes_the_set_of_its_time(minute: float, expected: set[int]) -> None:
    found = standing(19, *to_dosing(), reading(minute, **FULL))
    assert {at for at, one in found.items() if one == "taken"} == expected


def test_a_late_entry_takes_the_set_of_the_time_it_was_true() -> None:
    rows = [*to_dosing(), reading(0, **FULL), reading(20, **FULL), reading(11, **FULL)]
    assert standing(21, *rows)[10] == "taken"


PARTS = [
    # measured at minute 10, what is missing
    ({"sbp": 120, "dbp": 70}, ("hr", "spo2", "rr")),
    ({"sbp": 120, "dbp": 70, "pulse": 70, "spo2": 98, "rr": 14}, ()),
    ({"moaas": 5, "nausea": 0}, ("sbp", "dbp", "hr", "spo2", "rr")),
    (FULL, ()),
]


@pytest.mark.parametrize(("measured", "missing"), PARTS)
def test_a_set_that_is_not_whole_says_what_is_missing(measured: dict[str, object], missing: tuple[str, ...]) -> None:
    found = {one.minute: one for one in slots(state_of(*to_dosing(), reading(10, **measured)), IV, moment(11))}
    assert (found[10].missing, found[10].standing == "taken") == (missing, not missing)


def test_two_readings_may_make_one_set() -> None:
    rows = [*to_dosing(), reading(0, **FULL), reading(9, sbp=120, dbp=70), reading(12, hr=70, spo2=98, rr=14)]
    assert standing(13, *rows)[10] == "taken"


def test_a_closed_set_has_its_reason_and_is_not_asked_for() -> None:
    found = slots(state_of(*to_dosing(), reading(0, **FULL), shut(10, "asleep", at=11)), IV, moment(12))
    (ten,) = [one for one in found if one.minute == 10]
    assert (ten.standing, ten.closed.payload["reason"] if ten.closed else "") == ("closed", "asleep")
    ahead = current(found)
    assert ahead is not None
    assert ahead.minute == 20


def test_a_set_taken_after_it_was_closed_is_taken() -> None:
    assert standing(14, *to_dosing(), shut(10, at=11), reading(13, **FULL))[10] == "taken"


def test_the_first_reason_stands() -> None:
    state = state_of(*to_dosing(), shut(10, "asleep", at=11), shut(10, "refused", at=12))
    assert (state.closed[10].payload["reason"], state.lines[-1].remark) == (
        "asleep", "This set was closed before; the first reason stands."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("format_id", "after"),
    [("iv", [115, 130]), ("im", [150, 180]), ("po", [240, 300]), ("in-esketamine", [150, 180])],
)
def test_the_last_distance_goes_on_for_as_long_as_somebody_is_watched(format_id: str, after: list[int]) -> None:
    planned = [int(one) for one in POLICY.names(f"session.slots.{format_id}")]
    every = times(FORMATS[format_id], POLICY)
    assert [next(every) for _ in range(len(planned) + 2)] == [*planned, *after]
    assert any(one >= 400 for one in standing(400, *to_dosing(format_id), format_id=format_id))


def test_nothing_is_asked_for_after_somebody_left() -> None:
    rows = [*to_dosing(), (40, "dose_ended", {}), (44, "transferred", {})]
    assert max(standing(300, *rows)) == 40
    assert current(slots(state_of(*rows, reading(40, **FULL)), IV, moment(300))) is None


@pytest.mark.mitigates("M-132")
def test_nobody_is_released_over_a_set_without_readings_and_without_a_reason() -> None:
    rows = [*to_dosing(), *(reading(minute, **FULL) for minute in (0, 10, 30)), (40, "dose_ended", {})]
    told = [str(one.reason) for one in release(state_of(*rows), IV, moment(43)).unmet if one.key == "sets"]
    assert told == [
        "Readings of minute 20: pressure, heart rate, oxygen, breaths not measured and no reason written."
    ]
    mended = release(state_of(*rows, shut(20, "bathroom", at=43)), IV, moment(43))
    assert [one for one in mended.unmet if one.key == "sets"] == []


def test_what_is_unanswered_is_named_once() -> None:
    found = slots(state_of(*to_dosing(), reading(10, **FULL)), IV, moment(45))
    assert [one.minute for one in unanswered(found)] == [0, 20, 30]
