"""Steps from dose to dose: what a first dose may be, how far one step goes, and that a new format begins anew."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapstone.care.evidence import default_policy
from kapstone.care.plan import FORMATS, History, check_dose
from kapstone.care.plan.dose import one_step_up
from kapstone.care.quantities import Kg, Mg

POLICY = default_policy()

FIRST = [
    # format, kg, first dose, needs a reason
    ("iv", "70", "35", False),
    ("iv", "70", "35.1", True),
    ("iv", "69.9", "35", False),  # 34.95 mg, given as the next whole milligram
    ("iv", "69.9", "35.1", True),
    ("im", "70", "35", False),
    ("im", "70", "36", True),
    ("sc", "70", "35", False),
    ("sc", "70", "36", True),
    ("sl", "70", "100", False),
    ("sl", "70", "100.1", True),
    ("po", "70", "50", False),
    ("po", "70", "51", True),
]


def why(format_id: str, kg: str, mg: str, last: str | None) -> str:
    """The soft limits on the steps, by the end of their policy line."""
    history = History(None if last is None else Mg.of(last))
    found = check_dose(FORMATS[format_id], Mg.of(mg), Kg.of(kg), POLICY, history=history).limits
    ends = [one.source.rsplit(".", 1)[-1] for one in found if one.hold == "soft"]
    return " ".join(one for one in ends if one.startswith(("start", "ramp", "first")))


@pytest.mark.parametrize(("format_id", "kg", "mg", "reason"), FIRST)
def test_a_first_dose_above_the_start_needs_a_reason(format_id: str, kg: str, mg: str, reason: bool) -> None:
    assert bool(why(format_id, kg, mg, None)) is reason


STEPS = [
    # format, kg, last, next, what asks for a reason
    ("iv", "70", "35", "42", ""),  # 0.1 mg/kg of 70 kg
    ("iv", "70", "35", "42.1", "ramp_mg_per_kg"),
    ("iv", "70", "42", "35", ""),
    ("iv", "69.9", "35", "42", ""),  # 41.99, as the next whole milligram
    ("im", "70", "35", "42", ""),  # a fifth more
    ("im", "70", "35", "42.1", "ramp_percent"),
    ("im", "70", "100", "120", ""),
    ("sc", "70", "35", "42", ""),  # 0.5 to 0.6
    ("sc", "70", "35", "42.1", "ramp_ladder_mg_per_kg"),
    ("sc", "70", "42", "52.5", ""),  # 0.6 to 0.75
    ("sc", "70", "40", "42", ""),  # between two rungs: up to the next
    ("sc", "70", "40", "52.5", "ramp_ladder_mg_per_kg"),
    ("sc", "70", "63", "63", ""),
    ("sl", "70", "100", "150", ""),
    ("sl", "70", "100", "151", "ramp_mg"),
    ("po", "70", "50", "75", ""),
    ("po", "70", "50", "76", "ramp_mg"),
    ("in-esketamine", "70", "56", "84", ""),
    ("in-esketamine", "70", "84", "56", ""),
]


@pytest.mark.parametrize(("format_id", "kg", "last", "mg", "reason"), STEPS)
def test_more_than_one_step_up_needs_a_reason(format_id: str, kg: str, last: str, mg: str, reason: str) -> None:
    assert why(format_id, kg, mg, last) == reason


@pytest.mark.mitigates("M-115")
@pytest.mark.parametrize("format_id", ["iv", "im", "sc", "sl", "po"])
def test_a_change_of_format_begins_anew(format_id: str) -> None:
    """The caller passes no last dose after a change, and then the start holds, however high the other dose was."""
    assert why(format_id, "70", "110", None).startswith("start")


INDICATIONS = [("trd", "56", ""), ("trd", "84", "first_mg_trd"), ("mdsi", "84", ""), ("mdsi", "56", "first_mg_mdsi")]


@pytest.mark.parametrize(("indication", "mg", "line"), INDICATIONS)
def test_the_label_s_first_dose_goes_by_what_it_is_given_for(indication: str, mg: str, line: str) -> None:
    history = History(None, indication)
    found = check_dose(FORMATS["in-esketamine"], Mg.of(mg), Kg.of("70"), POLICY, history=history).limits
    assert [one.source.rsplit(".", 1)[-1] for one in found] == ([line] if line else [])


REACHES = [
    ("iv", "35", "42"), ("im", "100", "120"), ("sc", "35", "42"), ("sc", "63", "63"), ("sc", "70", "70"),
    ("sl", "100", "150"), ("po", "50", "75"),
]  # fmt: skip


@pytest.mark.parametrize(("format_id", "last", "most"), REACHES)
def test_how_far_one_step_reaches(format_id: str, last: str, most: str) -> None:
    step = one_step_up(FORMATS[format_id], Mg.of(last), Kg.of("70"), POLICY)
    assert step is not None and step.most == Mg.of(most)


@given(st.sampled_from(["iv", "im", "sc", "sl", "po"]), st.integers(10, 900), st.integers(400, 1500))
def test_a_step_goes_up_and_the_same_dose_never_needs_a_reason(format_id: str, tenths: int, weight: int) -> None:
    last, kg = Mg(Decimal(tenths) / 10), Kg(Decimal(weight) / 10)
    step = one_step_up(FORMATS[format_id], last, kg, POLICY)
    assert step is not None
    assert step.most >= last
    assert step.policy_key in POLICY.lines
    assert why(format_id, str(kg.value), str(last.value), str(last.value)) == ""
    assert why(format_id, str(kg.value), str(last.value - Decimal("0.5")), str(last.value)) == ""


@pytest.mark.parametrize("format_id", ["in-racemic", "in-esketamine"])
def test_a_format_without_a_step_says_so(format_id: str) -> None:
    assert one_step_up(FORMATS[format_id], Mg.of("50"), Kg.of("70"), POLICY) is None


def test_without_a_history_the_steps_are_not_looked_at() -> None:
    assert not check_dose(FORMATS["sl"], Mg.of("300"), Kg.of("70"), POLICY).limits
