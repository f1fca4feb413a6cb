"""The life of a session as a table: who owns each state, every way on, and one way back to a dose."""

import pytest
from tests.spec.session.records import Entry, state_of

from kapstone.care.session import HANDLERS, TRANSITIONS, Phase, allowed
from kapstone.care.session.lifecycle import MOVING_KINDS

WAYS: dict[Phase, list[str]] = {
    Phase.PLANNED: [],
    Phase.ARRIVED: ["arrived"],
    Phase.READY: ["arrived", "timeout_passed"],
    Phase.DOSING: ["arrived", "timeout_passed", "dose_started"],
    Phase.OBSERVING: ["arrived", "timeout_passed", "dose_started", "dose_ended"],
    Phase.RELEASED: ["arrived", "timeout_passed", "dose_started", "dose_ended", "released"],
    Phase.TRANSFERRED: ["arrived", "timeout_passed", "dose_started", "transferred"],
    Phase.CANCELLED: ["cancelled"],
}
OWNERS = [
    ("planned", "front desk"),
    ("arrived", "nurse"),
    ("ready", "prescriber"),
    ("dosing", "nurse"),
    ("observing", "nurse"),
    ("released", "prescriber"),
    ("transferred", "prescriber"),
    ("cancelled", "front desk"),
]
STEPS = [
    ("planned", "arrived", "arrived"),
    ("planned", "cancelled", "cancelled"),
    ("arrived", "timeout_passed", "ready"),
    ("arrived", "timeout_failed", "arrived"),
    ("arrived", "transferred", "transferred"),
    ("arrived", "cancelled", "cancelled"),
    ("ready", "timeout_passed", "ready"),
    ("ready", "dose_started", "dosing"),
    ("ready", "timeout_failed", "arrived"),
    ("ready", "transferred", "transferred"),
    ("ready", "cancelled", "cancelled"),
    ("dosing", "dose_ended", "observing"),
    ("dosing", "dose_stopped", "observing"),
    ("dosing", "transferred", "transferred"),
    ("observing", "dose_again", "dosing"),
    ("observing", "released", "released"),
    ("observing", "transferred", "transferred"),
    ("released", "record_signed", "released"),
    ("transferred", "record_signed", "transferred"),
    ("cancelled", "record_signed", "cancelled"),
]
EVERY = [(phase, kind) for phase in Phase for kind in sorted(MOVING_KINDS)]


def entries(kinds: list[str]) -> list[Entry]:
    """One line a minute."""
    return [(minute, kind, {}) for minute, kind in enumerate(kinds)]


@pytest.mark.parametrize(("phase", "owner"), OWNERS)
def test_every_state_has_an_owner(phase: str, owner: str) -> None:
    assert Phase(phase).owner == owner


def test_the_tables_here_are_whole() -> None:
    assert {phase for phase, _ in OWNERS} == {phase.value for phase in Phase} == {phase.value for phase in WAYS}
    assert {(Phase(a), kind): Phase(b) for a, kind, b in STEPS} == dict(TRANSITIONS)
    assert set(HANDLERS) >= MOVING_KINDS


@pytest.mark.parametrize(("phase", "kind", "after"), STEPS)
def test_each_step(phase: str, kind: str, after: str) -> None:
    state = state_of(*entries([*WAYS[Phase(phase)], kind]))
    assert (state.phase, state.contradictions) == (Phase(after), [])


@pytest.mark.mitigates("M-043")
@pytest.mark.parametrize(("phase", "kind"), [one for one in EVERY if one not in TRANSITIONS])
def test_a_step_that_is_not_in_the_table_changes_nothing_and_is_shown(phase: Phase, kind: str) -> None:
    before = state_of(*entries(WAYS[phase]))
    state = state_of(*entries([*WAYS[phase], kind]))
    assert not allowed(phase, kind)
    assert state.phase is phase is before.phase
    same = ("clock_zero", "last_given", "dose_end", "dose", "stopped", "latest", "observations", "baseline")
    assert [getattr(state, name) for name in same] == [getattr(before, name) for name in same]
    assert [line.event.kind for line in state.contradictions] == [kind]


def test_every_state_is_reached_from_planned() -> None:
    reached = {Phase.PLANNED}
    while found := {b for (a, _), b in TRANSITIONS.items() if a in reached} - reached:
        reached |= found
    assert reached == set(Phase)


@pytest.mark.mitigates("M-030")
def test_after_a_stop_one_line_leads_back_to_dosing_and_no_other() -> None:
    """`dose_again` asks for a new order; see `tests/clinic/test_dosing_again.py`."""
    assert [kind for (a, kind), b in TRANSITIONS.items() if b is Phase.DOSING] == ["dose_started", "dose_again"]
    reached = {TRANSITIONS[(Phase.DOSING, "dose_stopped")]}
    while found := {b for (a, k), b in TRANSITIONS.items() if a in reached and k != "dose_again"} - reached:
        reached |= found
    assert reached == {Phase.OBSERVING, Phase.RELEASED, Phase.TRANSFERRED}


@pytest.mark.mitigates("M-030")
@pytest.mark.parametrize("kind", ["dose_started", "timeout_passed", "arrived", "dose_ended"])
def test_after_a_stop_nothing_starts_a_dose(kind: str) -> None:
    state = state_of(*entries([*WAYS[Phase.DOSING], "dose_stopped", kind, "dose_started"]))
    assert (state.phase, state.stopped, len(state.contradictions)) == (Phase.OBSERVING, True, 2)


@pytest.mark.parametrize("kinds", [[*WAYS[Phase.DOSING], "dose_stopped"], WAYS[Phase.READY]])
def test_a_device_outside_the_dose_is_kept_and_shown_as_a_contradiction(kinds: list[str]) -> None:
    state = state_of(*entries([*kinds, "device_given"]))
    assert [line.event.kind for line in state.contradictions] == ["device_given"]
    assert state.last_given == state.contradictions[0].event.at_device


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase.over])
def test_what_is_over_takes_addenda_only(phase: Phase) -> None:
    state = state_of(*entries([*WAYS[phase], "note"]))
    assert (state.phase, state.lines[-1].remark) == (phase, "Addendum: written after the session was over.")


def test_an_unreadable_time_out_does_not_make_ready() -> None:
    state = state_of((0, "arrived", {}), (1, "timeout_passed", {"sbp": "120", "dbp": "7O"}))
    assert (state.phase, state.baseline) == (Phase.ARRIVED, {})
    assert state.lines[-1].remark.startswith("This line could not be read")
