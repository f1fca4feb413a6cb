"""What a zero means: a cable, a patient, or a number that cannot be true."""

from decimal import Decimal

import pytest
from tests.spec.session.records import POLICY, moment, reading, record, state_of

from kapstone.care.session import fold
from kapstone.care.session.readings import Standing, judge
from kapstone.care.session.technical import TechnicalWatch

ALL = ("hr", "rr", "spo2", "pulse")
FINGER_OFF = {"spo2": "lost", "pulse": "lost"}
SETS = [
    # what happened, measured, standings
    ("all is well", {"hr": 62, "rr": 14, "spo2": 97, "pulse": 61}, {}),
    ("leads off", {"hr": 0, "rr": 0, "spo2": 97, "pulse": 61}, {"hr": "lost", "rr": "lost"}),
    ("finger sensor off", {"hr": 62, "rr": 14, "spo2": 0, "pulse": 0}, FINGER_OFF),
    ("cuff off", {"sbp": 0, "dbp": 0, "map": 0}, {"sbp": "lost", "dbp": "lost", "map": "lost"}),
    ("everything off", {"hr": 0, "rr": 0, "spo2": 0, "pulse": 0}, dict.fromkeys(ALL, "lost")),
    ("no breaths, heart on the leads", {"hr": 62, "rr": 0}, {"rr": "none"}),
    ("no breaths, finger sensor off", {"hr": 62, "rr": 0, "spo2": 0, "pulse": 0}, {"rr": "none", **FINGER_OFF}),
    ("no breaths typed alone", {"rr": 0}, {"rr": "none"}),
    ("no breaths, pulse on the finger", {"rr": 0, "spo2": 91, "pulse": 58}, {"rr": "none"}),
    ("no breaths, only a lost finger sensor", {"rr": 0, "spo2": 0, "pulse": 0}, {"rr": "none", **FINGER_OFF}),
    ("heart channel alone at zero", {"hr": 0, "rr": 14}, {"hr": "odd"}),
    ("pulse channel alone at zero", {"spo2": 97, "pulse": 0}, {"pulse": "odd"}),
    ("one cuff value at zero", {"sbp": 120, "dbp": 0, "map": 80}, {"dbp": "odd"}),
    ("two breaths", {"hr": 53, "rr": 2}, {"rr": "odd"}),
]  # fmt: skip
WORDS = {"lost": Standing.LOST, "none": Standing.NO_BREATHS, "odd": Standing.IMPLAUSIBLE}


@pytest.mark.mitigates("M-032")
@pytest.mark.parametrize(("measured", "standings"), [row[1:] for row in SETS], ids=[row[0] for row in SETS])
def test_standing(measured: dict[str, int], standings: dict[str, str]) -> None:
    found = judge({key: Decimal(value) for key, value in measured.items()}, POLICY)
    expected = {key: WORDS[standings[key]] if key in standings else Standing.USED for key in measured}
    assert {key: one.standing for key, one in found.items()} == expected


@pytest.mark.parametrize("signal", ["hr", "pulse", "rr", "spo2", "sbp", "dbp", "map"])
def test_plausible_bounds_are_used_and_one_beyond_is_not(signal: str) -> None:
    low, high = (POLICY.number(f"session.plausible.{signal}_{end}") for end in ("low", "high"))
    tenth = Decimal("0.1")
    for value, standing in [
        (low, Standing.USED),
        (high, Standing.USED),
        (low - tenth, Standing.IMPLAUSIBLE),
        (high + tenth, Standing.IMPLAUSIBLE),
    ]:
        assert judge({signal: value}, POLICY)[signal].standing is standing


@pytest.mark.mitigates("M-033")
def test_no_breaths_is_red_and_says_look_at_the_patient() -> None:
    state = state_of(reading(1, hr=62, rr=0))
    (episode,) = state.watch.current()
    assert (episode.level.word, episode.what) == ("red", "Look at the patient: no breaths counted.")
    assert state.technical.episodes == []


@pytest.mark.mitigates("M-033")
def test_no_breaths_stands_above_every_other_red_reminder() -> None:
    state = state_of(reading(1, sbp=210, dbp=125), reading(2, hr=145, rr=0, spo2=80))
    assert [one.level.word for one in state.watch.current()] == ["red"] * 5
    assert state.watch.current()[0].rule.id == "no-breaths"


@pytest.mark.mitigates("M-034")
def test_a_lost_sensor_is_technical_and_reminds_of_nothing() -> None:
    state = state_of(reading(1, hr=0, rr=0, spo2=97, pulse=60))
    assert state.watch.episodes == []
    assert state.technical.current()[0].what.startswith(
        "Signal lost: heart and breathing leads. Look at the patient."
    )


@pytest.mark.mitigates("M-036")
def test_an_implausible_value_is_shown_and_not_used() -> None:
    state = state_of(reading(1, hr=53, rr=2))
    assert state.latest["rr"].judged.value == 2
    assert state.watch.episodes == []
    assert "rr" not in state.peak
    assert state.technical.current()[0].what.startswith("Implausible: breaths 2 /min. Shown, not used.")


def test_all_blank_is_not_measured() -> None:
    state = state_of(reading(1))
    assert (state.latest, state.watch.episodes, state.technical.episodes) == ({}, [], [])
    assert state.lines[0].remark == ""


def test_a_lost_stretch_ends_when_the_sensor_speaks_again_and_not_while_unmeasured() -> None:
    watch = TechnicalWatch(POLICY)
    for minute, values in [(1, {"hr": 0, "rr": 0}), (2, {}), (3, {"hr": 0, "rr": 0}), (4, {"hr": 60, "rr": 12})]:
        watch.take(judge({key: Decimal(value) for key, value in values.items()}, POLICY), moment(minute))
    (one,) = watch.episodes
    assert (one.started, one.last, one.open) == (moment(1), moment(3), False)


def test_a_signal_that_nobody_knows_makes_the_line_unreadable_and_changes_nothing() -> None:
    state = state_of(reading(1, hr=150, mood=7))
    assert state.lines[0].remark.startswith("This line could not be read")
    assert (state.latest, state.readings, state.watch.episodes) == ({}, [], [])


FLAT = [
    # minutes between values, how many, how many stretches are called flat
    (1, 9, 0),
    (1, 10, 1),
    (0.5, 10, 0),
    (0.5, 11, 1),
]


@pytest.mark.parametrize(("apart", "times", "found"), FLAT)
def test_a_device_that_tells_the_same_to_the_last_digit_is_flat(apart: float, times: int, found: int) -> None:
    state = state_of(*(reading(number * apart, hr="71", spo2=98) for number in range(times)))
    assert [one.what.split(":")[0] for one in state.technical.current()] == ["Flat"] * found


def test_a_flat_value_is_still_used_and_ends_with_the_first_other_one() -> None:
    rows = [reading(number, hr="45") for number in range(12)]
    state = state_of(*rows, reading(12, hr="46"))
    assert [(one.kind, one.open) for one in state.technical.episodes] == [("flat", False)]
    assert state.watch.episodes[0].rule.id == "slow-heart"


def test_what_a_person_typed_is_never_called_flat() -> None:
    typed = {"values": {"hr": "71"}, "entered": "typed"}
    assert state_of(*((number, "reading", typed) for number in range(30))).technical.episodes == []


def test_a_score_that_is_zero_is_no_lost_sensor() -> None:
    state = state_of(reading(1, moaas=0, nausea=0, distress=0))
    assert state.technical.episodes == []
    assert [(one.rule.id, one.level.word) for one in state.watch.current()] == [("sedated", "red")]


@pytest.mark.mitigates("M-169")
@pytest.mark.parametrize("breaths", [1, 2, 3])
def test_very_few_breaths_that_a_person_counted_are_red_and_no_fault(breaths: int) -> None:
    state = state_of((1, "reading", {"values": {"rr": str(breaths), "hr": "64"}, "entered": "typed"}))
    assert [(one.rule.id, one.level.word) for one in state.watch.current()] == [("slow-breathing", "red")]


@pytest.mark.mitigates("M-169")
def test_a_pressure_whose_halves_are_swapped_is_not_used() -> None:
    found = judge({"sbp": Decimal(80), "dbp": Decimal(120), "hr": Decimal(70)}, POLICY)
    assert {key: one.standing for key, one in found.items()} == {
        "sbp": Standing.IMPLAUSIBLE,
        "dbp": Standing.IMPLAUSIBLE,
        "hr": Standing.USED,
    }


@pytest.mark.mitigates("M-169")
def test_a_pulse_speaks_for_the_heart_where_nothing_else_does() -> None:
    assert [one.rule.id for one in state_of(reading(1, pulse=34)).watch.current()] == ["slow-heart"]
    assert state_of(reading(1, pulse=34, hr=70)).watch.current() == []


@pytest.mark.mitigates("M-033")
def test_no_line_of_a_policy_silences_no_breaths() -> None:
    policy = POLICY.changed({"session.rr.red_below": Decimal(0), "session.rr.orange_below": Decimal(0)})
    state = fold(record(reading(1, rr=0, hr=60)), policy)
    assert [one.rule.id for one in state.watch.current()] == ["no-breaths"]
