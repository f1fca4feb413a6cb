"""Amounts: exact, finite, never of the wrong unit, and rounded by one rule."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapstone.care.quantities import Kg, Mg, MgPerKg, MgPerMl, Ml, Quantity, decimal_from

UNITS = [Mg, Kg, MgPerKg, Ml, MgPerMl]
NUMBERS = st.decimals(0, 10_000, allow_nan=False, allow_infinity=False, places=4)

READ = [
    # given, number
    ("70", "70"),
    (" 70.50 ", "70.50"),
    ("+0.5", "0.5"),
    (".5", "0.5"),
    ("7e1", "70"),
    (70, "70"),
    (Decimal("0.1"), "0.1"),
    ("-5", "-5"),
]
REFUSED = [
    "", " ", "seventy", "7O", "70,5", "7_0", "1 000", "٧٠", "７０", "NaN", "inf", "-Infinity", "1e400", "1e13",
    "0x10", "70kg", 70.0, float("nan"), True, None, [70], Decimal("NaN"), Decimal("Infinity"),
]  # fmt: skip


@pytest.mark.parametrize(("given_value", "number"), READ)
def test_what_is_read(given_value: object, number: str) -> None:
    assert decimal_from(given_value) == Decimal(number)


@pytest.mark.mitigates("M-035")
@pytest.mark.parametrize("value", REFUSED, ids=repr)
def test_what_is_refused_with_a_sentence(value: object) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        decimal_from(value)


@pytest.mark.mitigates("M-001")
@pytest.mark.parametrize("value", [70.5, 70, "70", Decimal("NaN"), Decimal("Infinity")], ids=repr)
def test_no_amount_is_made_of_anything_but_a_finite_decimal(value: object) -> None:
    with pytest.raises(ValueError, match="finite Decimal"):
        Mg(value)  # type: ignore[arg-type]


ROUNDED = [
    # amount, shown
    (Mg.of("0.05"), "0.1 mg"),
    (Mg.of("0.04"), "0 mg"),
    (Mg.of("-0.05"), "-0.1 mg"),
    (Mg.of("2.25"), "2.3 mg"),
    (Mg.of("100"), "100 mg"),
    (MgPerKg.of("0.5"), "0.5 mg/kg"),
    (MgPerKg.of("0.0005"), "0.001 mg/kg"),
    (Ml.of("0.005"), "0.01 mL"),
    (MgPerMl.of("50"), "50 mg/mL"),
    (Kg.of("71.45"), "71.5 kg"),
]


@pytest.mark.parametrize(("amount", "shown"), ROUNDED, ids=lambda one: str(one))
def test_half_is_rounded_away_from_zero_when_shown(amount: Quantity, shown: str) -> None:
    assert str(amount) == shown


@pytest.mark.mitigates("M-001")
@pytest.mark.parametrize("one", UNITS)
@pytest.mark.parametrize("other", UNITS)
def test_units_do_not_mix(one: type[Quantity], other: type[Quantity]) -> None:
    left, right = one.of("1"), other.of("1")
    if one is other:
        assert left == right
        assert str((left + right).value) == "2"
        return
    assert left != right
    with pytest.raises(TypeError):
        left + right
    with pytest.raises(TypeError):
        _ = left < right


def test_a_dose_said_in_every_way() -> None:
    assert Mg.of("35").per(Kg.of("70")) == MgPerKg.of("0.5")
    assert MgPerKg.of("0.5").for_weight(Kg.of("70")) == Mg.of("35.0")
    assert Mg.of("35").volume_at(MgPerMl.of("50")) == Ml.of("0.7")


@settings(deadline=None)
@given(NUMBERS, NUMBERS)
def test_adding_is_exact_and_has_no_order(one: Decimal, other: Decimal) -> None:
    assert Mg(one) + Mg(other) == Mg(other) + Mg(one) == Mg(one + other)


@settings(deadline=None)
@given(NUMBERS)
def test_rounding_twice_is_rounding_once(number: Decimal) -> None:
    for unit in UNITS:
        once = unit(number).rounded()
        assert once.rounded() == once
        assert abs(once.value - number) <= Decimal(1).scaleb(-unit.places) / 2


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_number_or_a_sentence(text: str) -> None:
    try:
        assert Mg.of(text).rounded().value.is_finite()
    except ValueError as problem:
        assert str(problem).endswith(".")
