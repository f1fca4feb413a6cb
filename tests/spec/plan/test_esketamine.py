"""Esketamine by its label and its REMS: weeks, missed sessions, devices, enrolment, certification, supply."""

from datetime import date, timedelta
from itertools import islice
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapstone.care.evidence import claims, default_policy
from kapstone.care.plan import FORMATS, dosing_dates, gaps_of
from kapstone.care.plan.esketamine import (
    Certified,
    Enrolment,
    EnrolmentState,
    Supply,
    SupplyState,
    after_missed,
    devices_of,
    label_gaps,
    label_run,
    label_spans,
    label_week,
    may_use,
    rems_blocks,
)
from kapstone.care.plan.esketamine import missed as missed_module
from kapstone.care.plan.esketamine import rems as rems_module
from kapstone.care.plan.esketamine import supply as supply_module
from kapstone.care.plan.esketamine.supply import missing_before
from kapstone.care.quantities import Mg

FIRST = date(2026, 3, 3)
ANA, BEN = UUID(int=1), UUID(int=2)

WEEKS = [
    # days after the first dose, week, words, look due
    (0, 1, "two a week", False),
    (6, 1, "two a week", False),
    (7, 2, "two a week", False),
    (27, 4, "two a week", False),
    (28, 5, "one a week", True),
    (55, 8, "one a week", True),
    (56, 9, "one a week or every second week, as seldom as keeps the gain", True),
    (400, 58, "one a week or every second week, as seldom as keeps the gain", True),
]


@pytest.mark.parametrize(("days", "week", "words", "due"), WEEKS)
def test_the_weeks_of_the_label(days: int, week: int, words: str, due: bool) -> None:
    found = label_week(FIRST, FIRST + timedelta(days=days))
    assert (found.week, found.words, found.look_due) == (week, words, due)


MDSI = [(0, "two a week"), (27, "two a week"), (28, "beyond four weeks, which was not studied systematically")]


@pytest.mark.parametrize(("days", "words"), MDSI)
def test_the_weeks_for_acute_suicidal_thoughts(days: int, words: str) -> None:
    assert label_week(FIRST, FIRST + timedelta(days=days), "mdsi").words == words


def test_a_day_before_the_first_dose_is_no_week() -> None:
    with pytest.raises(ValueError, match="before the first dose"):
        label_week(FIRST, FIRST - timedelta(days=1))


def test_the_gaps_are_two_a_week_for_four_weeks_and_then_weekly() -> None:
    assert list(islice(label_gaps([2, 5]), 12)) == [2, 5, 2, 5, 2, 5, 2, 5, 7, 7, 7, 7]
    dates = dosing_dates(FIRST, 12, gaps_of(FORMATS["in-esketamine"], default_policy()))
    weeks = [label_week(FIRST, day).week for day in dates]
    assert weeks == [1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8]


def test_the_spans_of_a_course_follow_the_label_over_every_course() -> None:
    spans = label_spans([2, 5], 2, 0, 14)
    assert spans == ((2, 7),) * 7 + ((2, 9),) + ((7, 9),) * 3 + ((7, 16),) * 2
    assert label_spans([2, 5], 2, 9, 3) == ((7, 9), (7, 9)), "after nine doses one a week"
    assert label_spans([2, 5], 2, 0, 1) == ()
    assert label_spans([2, 5], 2, 8, 4, moving=True) == ((5, 9), (5, 9), (5, 9)), "one of many may change its day"


def test_a_long_pause_begins_the_weeks_anew() -> None:
    days = [FIRST + timedelta(days=one) for one in (0, 3, 7, 100, 103)]
    assert label_run(days, days[-1], 60) == tuple(days[3:])
    assert label_run(days, days[-1] + timedelta(days=60), 60) == tuple(days[3:])
    assert label_run(days, days[-1] + timedelta(days=61), 60) == ()
    assert label_run([], FIRST, 60) == ()


MISSED = [
    # missed, worse, ways that are open
    (0, None, []),
    (2, None, ["look"]),
    (1, False, ["keep"]),
    (3, True, ["keep", "closer"]),
]


@pytest.mark.parametrize(("count", "worse", "ways"), MISSED)
def test_after_missed_sessions_the_prescriber_chooses(count: int, worse: bool | None, ways: list[str]) -> None:
    assert [way.key for way in after_missed(count, worse) if way.open] == ways


def test_a_number_below_nought_is_no_count() -> None:
    with pytest.raises(ValueError, match="not below 0"):
        after_missed(-1, None)


@pytest.mark.parametrize(("mg", "devices"), [("28", 1), ("56", 2), ("84", 3)])
def test_devices_of_a_dose(mg: str, devices: int) -> None:
    assert devices_of(Mg.of(mg)) == devices


@pytest.mark.parametrize("mg", ["0", "-28", "50", "56.5"])
def test_what_is_no_whole_number_of_devices_is_refused(mg: str) -> None:
    with pytest.raises(ValueError, match="no whole number of devices"):
        devices_of(Mg.of(mg))


ENROLLED, SENT, NONE, ENDED = (
    EnrolmentState.ENROLLED,
    EnrolmentState.SENT,
    EnrolmentState.NONE,
    EnrolmentState.ENDED,
)
SITE = Certified(date(2026, 1, 1), date(2026, 12, 31))

REMS = [
    # enrolment, site, day, what stops
    (ENROLLED, SITE, date(2026, 3, 3), ""),
    (ENROLLED, SITE, date(2026, 1, 1), ""),
    (ENROLLED, SITE, date(2026, 12, 31), ""),
    (ENROLLED, SITE, date(2027, 1, 1), "rems.site"),
    (ENROLLED, SITE, date(2025, 12, 31), "rems.site"),
    (ENROLLED, Certified(date(2026, 1, 1)), date(2030, 1, 1), ""),
    (ENROLLED, None, date(2026, 3, 3), "rems.site"),
    (SENT, SITE, date(2026, 3, 3), "rems.patient"),
    (NONE, SITE, date(2026, 3, 3), "rems.patient"),
    (ENDED, None, date(2026, 3, 3), "rems.site rems.patient"),
]


@pytest.mark.parametrize(("state", "site", "day", "stops"), REMS)
def test_no_esketamine_outside_the_rems(state: EnrolmentState, site: Certified | None, day: date, stops: str) -> None:
    assert " ".join(one.key for one in rems_blocks(Enrolment(state), site, day)) == stops


STEPS = [(NONE, {"send"}), (SENT, {"confirm", "refuse"}), (ENROLLED, {"end"}), (ENDED, {"send"})]


@pytest.mark.parametrize(("state", "steps"), STEPS)
def test_the_steps_of_an_enrolment(state: EnrolmentState, steps: set[str]) -> None:
    assert set(Enrolment(state).steps) == steps
    assert state.words


KITS = [
    # whose kit, its state, its mg, what speaks against it for Ana's 56 mg
    (ANA, SupplyState.ARRIVED, "56", ""),
    (BEN, SupplyState.ARRIVED, "56", "supply.other"),
    (ANA, SupplyState.EXPECTED, "56", "supply.state"),
    (ANA, SupplyState.USED, "56", "supply.state"),
    (ANA, SupplyState.ARRIVED, "84", "supply.mg"),
    (BEN, SupplyState.RETURNED, "84", "supply.other supply.state supply.mg"),
]


@pytest.mark.parametrize(("whose", "state", "mg", "against"), KITS)
def test_a_kit_goes_to_nobody_else(whose: UUID, state: SupplyState, mg: str, against: str) -> None:
    kit = Supply(whose, Mg.of(mg), state)
    assert " ".join(one.key for one in may_use(kit, ANA, Mg.of("56"))) == against


def test_a_dose_without_a_kit_in_time_is_told() -> None:
    today = date(2026, 3, 2)
    doses = ((date(2026, 3, 3), Mg.of("56")), (date(2026, 3, 5), Mg.of("56")), (date(2026, 3, 1), Mg.of("56")))
    here = Supply(ANA, Mg.of("56"), SupplyState.ARRIVED)
    assert len(missing_before((), doses, today)) == 2, "a dose that is past needs none"
    assert len(missing_before((here,), doses, today)) == 1, "one kit serves one dose"
    for expected, missing in ((date(2026, 3, 5), 0), (date(2026, 3, 6), 1), (date(2026, 3, 1), 1), (None, 1)):
        coming = Supply(ANA, Mg.of("56"), SupplyState.EXPECTED, expected)
        assert len(missing_before((here, coming), doses, today)) == missing, expected
    late = Supply(ANA, Mg.of("56"), SupplyState.EXPECTED, today - timedelta(days=1))
    (said,) = missing_before((late, here), doses, today)
    assert said.key == "supply.late", "the kit that is here goes to the first dose, the late one is named"
    other = Supply(ANA, Mg.of("84"), SupplyState.ARRIVED)
    assert len(missing_before((here, other), doses, today)) == 1


@given(st.integers(0, 2000))
def test_every_day_of_a_course_has_a_week_and_words(days: int) -> None:
    found = label_week(FIRST, FIRST + timedelta(days=days))
    assert found.week == days // 7 + 1 and found.words


def test_the_label_s_rules_name_claims_that_exist() -> None:
    assert {missed_module.SOURCE, rems_module.SOURCE} <= set(claims())
    assert {begin for begin, _ in supply_module.TRANSITIONS} == {SupplyState.EXPECTED, SupplyState.ARRIVED}
