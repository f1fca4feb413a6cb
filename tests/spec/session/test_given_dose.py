"""What was given, as a forecast reads it off the record: planned, given in full, stopped, device by device."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from kapstone.care.evidence import default_policy
from kapstone.care.pharmacology import Refusal
from kapstone.care.plan import FORMATS
from kapstone.care.plan.forecast import given_by_device, milestones, planned_regimen
from kapstone.care.quantities import Instant, Mg, minutes
from kapstone.care.session import Event, fold
from kapstone.care.session.given import given_dose, milestones_of

ZERO = Instant(datetime(2026, 11, 1, 5, 40, tzinfo=UTC))
"""Twenty minutes before the clocks go back in New York: minutes elapse, whatever the clock on the wall says."""


def record(format_id: str, mg: str, *lines: tuple[str, float]):
    """The state after an arrival, a time-out, a dose and these lines, each so many minutes after clock zero."""
    begun = [("arrived", -30.0), ("timeout_passed", -5.0), ("dose_started", 0.0)]
    payload = {"format": format_id, "mg": mg, "mg_per_kg": "0.5", "weight_kg": "70"}
    events = []
    for number, (kind, minute, *rate) in enumerate([*begun, *lines]):
        at = Instant(ZERO + minutes(minute))
        bodies = {"dose_started": payload, "dose_again": payload, "dose_stopped": {"words": "enough"}}
        body = {"mg_per_min": rate[0]} if rate else bodies.get(kind, {})
        events.append(
            Event(
                id=f"e{number}", kind=kind, v=1, session="s", device="d", epoch="form", seq=number,
                at_device=at, at_received=at, author="", payload=body,
            )
        )  # fmt: skip
    return fold(events, default_policy())


CASES = [
    # format, mg, lines, parts as (minute, mg, over)
    ("iv", "35", [], [(0, 35, 40)]),
    ("iv", "35", [("dose_ended", 44.0)], [(0, 35, 44)]),
    ("iv", "35", [("dose_stopped", 20.0)], [(0, 17.5, 20)]),
    ("iv", "35", [("dose_stopped", 90.0)], [(0, 35, 90)]),
    ("im", "35", [("dose_stopped", 20.0)], [(0, 35, 0)]),
    ("sl", "150", [("dose_stopped", 5.0)], [(0, 50, 0)]),
    ("sl", "150", [("dose_stopped", 20.0)], [(0, 150, 0)]),
    ("sl", "150", [("dose_ended", 15.0)], [(0, 150, 0)]),
    ("in-esketamine", "56", [], [(0, 28, 0)]),
    ("in-esketamine", "84", [("device_given", 5.0), ("device_given", 12.0)], [(0, 28, 0), (5, 28, 0), (12, 28, 0)]),
    ("in-esketamine", "84", [("device_given", 5.0), ("dose_stopped", 8.0)], [(0, 28, 0), (5, 28, 0)]),
]


@pytest.mark.parametrize(("format_id", "mg", "lines", "parts"), CASES)
def test_what_was_given(format_id, mg, lines, parts):
    found = given_dose(record(format_id, mg, *lines), FORMATS[format_id])
    assert found is not None
    assert found.regimen is not None
    assert [(one.at_min, pytest.approx(one.mg), one.over_min) for one in found.regimen.parts] == parts
    # A stop is never passed over in silence, but for devices, which are counted one by one.
    assert bool(found.said) is (any(kind == "dose_stopped" for kind, _ in lines) and format_id != "in-esketamine")


RATES = [
    # lines, parts as (minute, mg, over): 35 mg over 40 minutes is 0.875 mg a minute
    ([("rate_changed", 20.0, "0.4375")], [(0, 17.5, 20), (20, 17.5, 40)]),
    ([("rate_changed", 20.0, "0"), ("rate_changed", 30.0, "0.875")], [(0, 17.5, 20), (30, 17.5, 20)]),
    ([("rate_changed", 20.0, "0.4375"), ("dose_stopped", 30.0)], [(0, 17.5, 20), (20, 4.375, 10)]),
    ([("rate_changed", 20.0, "0"), ("dose_stopped", 30.0)], [(0, 17.5, 20)]),
]


@pytest.mark.parametrize(("lines", "parts"), RATES)
def test_a_changed_rate_counts_from_its_minute(lines, parts):
    found = given_dose(record("iv", "35", *lines), FORMATS["iv"])
    assert found is not None
    assert found.regimen is not None
    assert [(one.at_min, pytest.approx(one.mg), pytest.approx(one.over_min)) for one in found.regimen.parts] == parts
    assert found.said[0].startswith("The rate was changed")


def test_a_dose_given_again_counts_from_its_own_minute():
    state = record("im", "35", ("dose_ended", 1.0), ("dose_again", 30.0))
    found = given_dose(state, FORMATS["im"])
    assert found is not None
    assert found.regimen is not None
    assert [(one.at_min, one.mg) for one in found.regimen.parts] == [(0, 35), (30, 35)]
    assert (state.clock_zero, state.dose_end) == (ZERO, None)


def test_before_a_dose_and_with_one_stopped_at_once_there_is_nothing():
    assert given_dose(fold([], default_policy()), FORMATS["iv"]) is None
    for format_id in ("iv", "sl"):
        found = given_dose(record(format_id, "35", ("dose_stopped", 0.0)), FORMATS[format_id])
        assert found is not None
        assert found.regimen is None
        assert "nothing was given" in found.said[0]


def test_devices_are_whole():
    assert given_by_device(FORMATS["in-esketamine"], Mg(Decimal(84))).mg == 84
    for mg in ("70", "0.5"):
        with pytest.raises(Refusal, match="is no whole number of devices of 28 mg"):
            planned_regimen(FORMATS["in-esketamine"], Mg.of(mg), default_policy())


MILESTONES = [
    ("iv", [("dose ends", 40), ("earliest way home", 100)]),
    ("im", [("earliest way home", 120)]),
    ("in-esketamine", [("dose ends", 10), ("pressure, always", 40), ("earliest way home", 130)]),
]


@pytest.mark.parametrize(("format_id", "wanted"), MILESTONES)
def test_milestones_are_the_clinics_own_policy(format_id, wanted):
    found = milestones(FORMATS[format_id], default_policy())
    assert [(one.words, one.minute) for one in found] == wanted
    assert all(one.policy_key in default_policy().lines for one in found)


REAL = [
    # what the record says, and when the dose ended and the earliest way home is
    ("iv", "35", [], 40, 100),
    ("iv", "35", [("dose_ended", 75.0)], 75, 135),
    ("iv", "35", [("dose_stopped", 20.0)], 20, 80),
    ("in-esketamine", "56", [("device_given", 5.0), ("dose_ended", 6.0)], 5, 125),
    ("in-esketamine", "84", [("device_given", 5.0), ("device_given", 20.0)], 20, 140),
    ("in-esketamine", "84", [], 10, 130),
]


@pytest.mark.parametrize(("format_id", "mg", "lines", "ended", "home"), REAL)
def test_milestones_of_a_session_are_those_of_its_record(format_id, mg, lines, ended, home):
    found = {one.words: one.minute for one in milestones_of(record(format_id, mg, *lines), FORMATS[format_id])}
    assert (found["dose ends"], found["earliest way home"]) == (ended, home)
