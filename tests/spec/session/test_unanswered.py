"""What waits for somebody, and from when on others must be told."""

import pytest
from tests.spec.session.records import POLICY, Entry, baseline, closed, moment, reading, state_of, to_dosing

from kapstone.care.plan import FORMATS
from kapstone.care.session.unanswered import step_of, waiting

IV = FORMATS["iv"]
FULL = {"sbp": 120, "dbp": 70, "hr": 70, "spo2": 98, "rr": 14}


def told(at: float, *rows: Entry) -> list[tuple[str, bool]]:
    """What waits at a minute, and whether others must know of it."""
    found = waiting(state_of(*to_dosing(), *closed("iv"), *rows), IV, moment(at))
    return [(str(one.what), one.overdue(moment(at))) for one in found]


LEVELS = [
    # systolic, minutes until others are told
    (165, 3),
    (200, 1),
]


@pytest.mark.parametrize(("sbp", "wait"), LEVELS)
def test_a_reminder_that_nobody_has_seen_goes_to_others(sbp: int, wait: float) -> None:
    what = f"Nobody has written that they saw: Systolic pressure {sbp} mmHg."
    rows = [baseline(140), reading(10, sbp=sbp)]
    assert told(10, *rows)[0] == (what, False)
    assert told(10 + wait - 0.1, *rows)[0] == (what, False)
    assert told(10 + wait, *rows)[0] == (what, True)


def test_seen_is_answered_until_the_time_to_look_again() -> None:
    rows = [baseline(140), reading(10, sbp=166), (11, "reminder_seen", {"reminder": "high-systolic"})]
    assert told(15.9, *rows) == []
    assert told(16, *rows) == [("Nobody has written that they saw: Systolic pressure 166 mmHg.", False)]
    assert told(19, *rows)[0][1]


def test_each_time_to_look_again_is_a_task_of_its_own() -> None:
    seen: Entry = (11, "reminder_seen", {"reminder": "high-systolic"})
    state = state_of(*to_dosing(), *closed("iv"), baseline(140), reading(10, sbp=166))
    first = waiting(state, IV, moment(10))[0].key
    again = state_of(*to_dosing(), *closed("iv"), baseline(140), reading(10, sbp=166), seen)
    assert waiting(again, IV, moment(16))[0].key != first


def test_no_breaths_come_first() -> None:
    rows = [baseline(120), reading(10, sbp=165), (11, "help_called", {"card": "breathing"}), reading(12, rr=0, hr=60)]
    assert [one[0] for one in told(14, *rows)] == [
        "Nobody has written that they saw: Look at the patient: no breaths counted.",
        "Help was called and no step is written.",
        "Nobody has written that they saw: Systolic pressure 165 mmHg.",
    ]


def test_an_overdue_set_waits_ten_minutes() -> None:
    state = state_of(*to_dosing(), (40, "dose_ended", {}), *(reading(m, **FULL) for m in (0, 10, 20, 30, 40)))
    (found,) = waiting(state, IV, moment(60.1))
    assert (str(found.what), found.others_from) == ("The readings of minute 55 are overdue.", moment(65))
    assert waiting(state, IV, moment(60)) == ()


def test_a_call_for_help_with_a_step_waits_for_nobody() -> None:
    call: Entry = (10, "help_called", {"card": "breathing"})
    assert told(11, call) == [("Help was called and no step is written.", False)]
    assert told(12, call)[0][1]
    assert told(12, call, (11, "help_step", {"card": "breathing", "step": "oxygen"})) == []
    assert told(12, call, (11.5, "help_ended", {})) == []


def test_a_second_call_needs_a_step_of_its_own() -> None:
    first: list[Entry] = [(10, "help_called", {"card": "breathing"}), (11, "help_step", {"card": "x", "step": "y"})]
    assert len(told(20, *first, (12, "help_ended", {}), (15, "help_called", {"card": "seizure"}))) == 1


@pytest.mark.parametrize("end", ["released", "transferred"])
def test_nothing_waits_once_somebody_has_left(end: str) -> None:
    rows: list[Entry] = [reading(10, rr=0, hr=60), (40, "dose_ended", {}), (41, end, {})]
    assert told(60, *rows) == []


STEPS = [
    # minutes after others must know, how many are on call, step
    (-0.1, 2, 0),
    (0, 2, 1),
    (1.9, 2, 1),
    (2, 2, 2),
    (4, 2, 3),
    (13.9, 2, 3),
    (14, 2, 4),
    (24, 2, 5),
    (0, 0, 1),
    (10, 0, 2),
]


@pytest.mark.parametrize(("after", "ranks", "step"), STEPS)
def test_the_steps_of_a_task(after: float, ranks: int, step: int) -> None:
    rows = [*to_dosing(), *closed("iv"), baseline(140), reading(10, sbp=166)]
    (task,) = waiting(state_of(*rows), IV, moment(10))
    assert step_of(task, ranks, POLICY, moment(13 + after)) == step


@pytest.mark.mitigates("M-168")
def test_a_gap_waits_until_a_whole_set_or_a_reason_however_many_sets_it_spans() -> None:
    rows = [*to_dosing(), reading(0, **FULL)]
    for minute, overdue in ((15.1, False), (19, False), (20, True), (28, True), (35, True), (44, True)):
        (found,) = waiting(state_of(*rows), IV, moment(minute))
        assert (str(found.what), found.key) == ("The readings of minute 10 are overdue.", "set 10")
        assert found.overdue(moment(minute)) is overdue
    half = [*rows, reading(41, hr=70)]
    assert [one.key for one in waiting(state_of(*half), IV, moment(44))] == ["set 10"]
    whole = [*rows, reading(41, **FULL)]
    assert waiting(state_of(*whole), IV, moment(44)) == ()
    closed_now: Entry = (43, "slot_closed", {"minute": "40", "reason": "asleep"})
    assert waiting(state_of(*rows, closed_now), IV, moment(44)) == ()


@pytest.mark.mitigates("M-168")
def test_a_value_beyond_belief_that_nobody_measured_again_goes_to_others() -> None:
    odd = (10, "reading", {"values": {"spo2": "45"}, "entered": "typed"})
    found = told(12.9, odd)
    assert [one[1] for one in found] == [False]
    assert found[0][0].startswith("Nobody has measured again: Implausible: oxygen 45 %.")
    assert told(13, odd)[0][1]
    assert told(13, odd, reading(12, spo2=97)) == []
