"""When a session next changes by time alone: until then nothing that a page shows stands otherwise, but for ages."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.spec.session.records import POLICY, Entry, baseline, closed, moment, reading, state_of, to_dosing

from kapstone.care.plan import FORMATS
from kapstone.care.quantities import Instant, elapsed_min
from kapstone.care.session import SessionState
from kapstone.care.session.adverse import due_round
from kapstone.care.session.next_change import next_change
from kapstone.care.session.slots import slots
from kapstone.care.session.unanswered import waiting

IV = FORMATS["iv"]
FULL = {"sbp": 120, "dbp": 70, "hr": 70, "spo2": 98, "rr": 14}
SEEN: Entry = (11, "reminder_seen", {"reminder": "high-systolic"})


def shown(state: SessionState, at: Instant) -> tuple[object, ...]:
    """Everything that stands one way or another at a moment."""
    return (
        [(one.minute, one.standing) for one in slots(state, IV, at)],
        [(one.key, one.overdue(at)) for one in waiting(state, IV, at)],
        [(one.rule.id, one.asks(at)) for one in state.watch.current()],
        due_round(set(state.asked), state.clock_zero, POLICY, at),
    )


RECORDS: dict[str, list[Entry]] = {
    "a dose begun": [*to_dosing()],
    "a reminder": [*to_dosing(), *closed("iv"), baseline(140), reading(10, sbp=166)],
    "a reminder that was seen": [*to_dosing(), *closed("iv"), baseline(140), reading(10, sbp=166), SEEN],
    "observed": [*to_dosing(), (40, "dose_ended", {}), *(reading(m, **FULL) for m in (0, 10, 20, 30, 40))],
    "help called": [*to_dosing(), (12, "help_called", {"card": "breathing"})],
}


@pytest.mark.parametrize("rows", RECORDS.values(), ids=RECORDS)
@given(begin=st.integers(13 * 60, 170 * 60), share=st.floats(0, 1))
def test_nothing_changes_before_it(rows: list[Entry], begin: int, share: float) -> None:
    state, at = state_of(*rows), moment(begin / 60)
    then = next_change(state, IV, at)
    assert then is not None and then > at, "a running session always has a set to come"
    between = min(moment(begin / 60 + elapsed_min(at, then) * share), Instant(then - timedelta.resolution))
    assert shown(state, between) == shown(state, at)


@pytest.mark.parametrize("rows", RECORDS.values(), ids=RECORDS)
def test_what_changes_is_never_missed(rows: list[Entry]) -> None:
    state, at = state_of(*rows), moment(13)
    for _ in range(40):
        then = next_change(state, IV, at)
        assert then is not None
        at = then
    assert elapsed_min(moment(0), at) > 100, "it goes forward, and does not stand still"


def test_a_session_that_is_over_changes_no_more() -> None:
    state = state_of((0, "arrived", {}), (1, "cancelled", {}))
    assert state.phase.over and next_change(state, IV, moment(2)) is None
