"""Who may leave: every condition met, each one alone enough to stay, and never from numbers alone."""

import pytest
from tests.spec.session.records import Entry, closed, moment, reading, state_of, to_dosing

from kapstone.care.plan import FORMATS
from kapstone.care.session import OBSERVED, Release, release

GOOD = {"rr": 14, "spo2": 97, "sbp": 128, "dbp": 76}
SEEN: list[Entry] = [(170, "observation", {"what": what, "finding": "met"}) for what in OBSERVED]


def course_of(*more: Entry, format_id: str = "iv", at: float = 180, seen: list[Entry] | None = None) -> Release:
    """A dose that ended in minute 40, good readings in minute 165, what people saw, then what the row adds."""
    end: Entry = (40, "dose_ended", {})
    rest = [*closed(format_id), end]
    state = state_of(*to_dosing(format_id), *rest, reading(165, **GOOD), *(SEEN if seen is None else seen), *more)
    return release(state, FORMATS[format_id], moment(at))


def unmet(answer: Release) -> list[str]:
    """The keys of what is not met."""
    return [one.key for one in answer.unmet]


@pytest.mark.parametrize("format_id", list(FORMATS))
def test_everything_met_is_ready(format_id: str) -> None:
    answer = course_of(format_id=format_id)
    assert (answer.ready, unmet(answer)) == (True, [])


@pytest.mark.mitigates("M-028")
@pytest.mark.parametrize("what", list(OBSERVED))
def test_each_thing_a_person_must_see(what: str) -> None:
    without = course_of(seen=[one for one in SEEN if one[2]["what"] != what])
    assert (without.ready, unmet(without)) == (False, [what])
    assert str(without.unmet[0].reason).endswith("not looked at yet.")
    not_yet = course_of((171, "observation", {"what": what, "finding": "not_yet"}))
    assert unmet(not_yet) == [what]
    assert str(not_yet.unmet[0].reason).endswith(": not yet.")


@pytest.mark.parametrize("what", ["dissociation", "sedation", "orientation", "gait_and_dizziness", "nausea",
                                  "ideation", "way_home"])  # fmt: skip
def test_the_list_of_the_clinical_decision_is_whole(what: str) -> None:
    assert what in OBSERVED


NUMBERS = [
    # measured in minute 175, what is not met
    ({"rr": 12}, []),
    ({"rr": "11.9"}, ["breathing"]),
    ({"rr": 20}, []),
    ({"rr": "20.1"}, ["breathing"]),
    ({"rr": 0}, ["breathing", "reminders"]),
    ({"rr": 3}, ["breathing"]),
    ({"spo2": 94}, []),
    ({"spo2": "93.9"}, ["breathing", "reminders"]),
    ({"hr": 60, "spo2": 0, "pulse": 0}, ["breathing"]),
    ({"hr": 150}, ["reminders"]),
    ({"sbp": 144}, []),
    ({"sbp": "145"}, ["sign_off"]),
    ({"sbp": 0, "dbp": 0}, ["pressure"]),
    ({"dbp": "94.9"}, ["sign_off"]),
    ({"sbp": "159.9"}, ["reminders"]),
    ({"sbp": 160}, ["pressure", "reminders"]),
    ({"dbp": 100}, ["pressure", "reminders"]),
]


@pytest.mark.parametrize(("measured", "expected"), NUMBERS)
def test_numbers_at_release(measured: dict[str, object], expected: list[str]) -> None:
    assert unmet(course_of(reading(175, **measured))) == expected


NEAR_BASELINE = [
    # baseline, measured, ready
    ((140, 90), (168, 99), True),
    ((140, 90), (168, 108), True),
    ((140, 90), (169, 99), False),
    ((140, 80), (159, 100), False),
]


@pytest.mark.parametrize(("before", "measured", "near"), NEAR_BASELINE)
def test_a_pressure_near_its_baseline_is_near_enough(
    before: tuple[int, int], measured: tuple[int, int], near: bool
) -> None:
    rows = [*to_dosing("iv", *before), (40, "dose_ended", {}), *SEEN]
    state = state_of(*rows, reading(175, rr=14, spo2=97, sbp=measured[0], dbp=measured[1]))
    assert ("pressure" not in unmet(release(state, FORMATS["iv"], moment(180)))) is near


@pytest.mark.mitigates("M-026")
@pytest.mark.parametrize(("at", "fresh"), [(194, True), (195, True), (195.1, False)])
def test_readings_are_thirty_minutes_old_at_most(at: float, fresh: bool) -> None:
    assert unmet(course_of(at=at)) == ([] if fresh else ["breathing", "breathing", "pressure"])


CLOCKS = [
    # format, minutes from start to the end of observation when the dose ends in minute 40
    ("iv", 100),
    ("im", 120),
    ("sc", 120),
    ("sl", 120),
    ("po", 180),
    ("in-racemic", 120),
    ("in-esketamine", 120),
]


@pytest.mark.mitigates("M-027")
@pytest.mark.parametrize(("format_id", "minute"), CLOCKS)
def test_each_format_has_its_own_clock(format_id: str, minute: int) -> None:
    last: list[Entry] = [(0, "dose_ended", {})] if format_id != "iv" else [(40, "dose_ended", {})]
    state = state_of(*to_dosing(format_id), *last, reading(90, **GOOD), *SEEN)
    assert release(state, FORMATS[format_id], moment(0)).earliest == moment(minute)
    assert "time" in unmet(release(state, FORMATS[format_id], moment(minute - 0.1)))
    assert "time" not in unmet(release(state, FORMATS[format_id], moment(minute)))


def test_a_minute_begun_is_a_minute_left() -> None:
    answer = release(state_of(*to_dosing("im")), FORMATS["im"], moment(119.5))
    assert str(answer.unmet[0].reason) == "1 more minute of observation."


@pytest.mark.mitigates("M-027")
@pytest.mark.parametrize(
    ("lines", "minute"),
    [
        ([], 120),
        ([(5, "device_given", {})], 125),
        ([(5, "device_given", {}), (12, "device_given", {})], 132),
        ([(12, "device_given", {}), (5, "device_given", {})], 132),
        ([(5, "device_given", {}), (6, "dose_ended", {}), (14, "device_given", {})], 134),
    ],
)
def test_esketamine_counts_from_the_last_device(lines: list[Entry], minute: int) -> None:
    state = state_of(*to_dosing("in-esketamine"), *lines)
    assert release(state, FORMATS["in-esketamine"], moment(0)).earliest == moment(minute)
    assert state.clock_zero == moment(0)


def test_without_a_dose_the_time_has_not_begun() -> None:
    answer = release(state_of((0, "arrived", {})), FORMATS["iv"], moment(500))
    assert (answer.earliest, answer.unmet[0].reason.key) == (None, "release.time.not_begun")


@pytest.mark.mitigates("M-028")
def test_numbers_alone_make_nobody_ready() -> None:
    assert not course_of(seen=[]).ready


def test_an_older_observation_that_comes_late_does_not_replace_a_newer_one() -> None:
    late: Entry = (160, "observation", {"what": "sedation", "finding": "not_yet"})
    assert course_of(late).ready


SEDATIVES = [
    # drug, minutes before the look, whether it holds the patient
    ("midazolam", 59, True),
    ("Midazolam 2 mg", 59, True),
    ("midazolam", 60, False),
    ("clonidine", 10, True),
    ("lorazepam", 1, True),
    ("ondansetron", 1, False),
]


@pytest.mark.mitigates("M-147")
@pytest.mark.parametrize(("drug", "before", "holds"), SEDATIVES)
def test_what_makes_sleepy_has_a_time_of_its_own(drug: str, before: int, holds: bool) -> None:
    given: Entry = (180 - before, "medicine_given", {"drug": drug, "amount": "1", "unit": "mg", "order": "o"})
    assert unmet(course_of(given)) == (["sedative"] if holds else [])


SIGNED: Entry = (175, "signed_off", {})
RED = reading(20, spo2=80)
FAR = reading(176, sbp=146, dbp=80, rr=14, spo2=97)
SIGNATURES = [
    # what happened, whether a prescriber must sign
    ("nothing", [], False),
    ("a red reminder", [RED], True),
    ("a red reminder, signed after it", [RED, SIGNED], False),
    ("a red reminder, signed before the dose's end", [RED, (30, "signed_off", {})], True),
    ("pressure down, far from the baseline", [FAR], True),
    ("pressure down, far, and signed", [FAR, (177, "signed_off", {})], False),
]


@pytest.mark.mitigates("M-146")
@pytest.mark.parametrize(("what", "more", "signs"), SIGNATURES, ids=[one[0] for one in SIGNATURES])
def test_a_prescriber_signs_where_the_policy_asks(what: str, more: list[Entry], signs: bool) -> None:
    end: Entry = (40, "dose_ended", {})
    early, late = [one for one in more if one[0] < 40], [one for one in more if one[0] > 40]
    rows = [*to_dosing("iv"), *early, *closed("iv"), end, reading(45, **GOOD), reading(165, **GOOD), *SEEN, *late]
    assert unmet(release(state_of(*rows), FORMATS["iv"], moment(180))) == (["sign_off"] if signs else [])


def test_the_signature_is_asked_for_last() -> None:
    end: Entry = (40, "dose_ended", {})
    rows = [*to_dosing("iv"), RED, *closed("iv"), end, reading(165, **GOOD)]
    assert "sign_off" not in unmet(release(state_of(*rows), FORMATS["iv"], moment(180)))


AGAIN = [
    # minute of the look, what somebody said, when one looks again
    (60, None, 100),
    (90, None, 105),
    (90, 110, 110),
    (111, 110, 126),
]


@pytest.mark.parametrize(("at", "said", "expected"), AGAIN)
def test_when_somebody_looks_again(at: float, said: float | None, expected: float) -> None:
    rows: list[Entry] = [*to_dosing("iv"), (40, "dose_ended", {})]
    if said is not None:
        rows.append((85, "not_ready", {"again": moment(said).isoformat()}))
    assert release(state_of(*rows), FORMATS["iv"], moment(at)).look_again == moment(expected)


def test_who_is_ready_is_not_looked_at_again() -> None:
    assert course_of().look_again is None
