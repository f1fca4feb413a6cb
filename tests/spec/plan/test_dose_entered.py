"""A dose in any unit is one dose: entered, said back, drawn up, run over time."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapstone.care.evidence import claim, default_policy
from kapstone.care.pharmacology.regimen import BASE_IN_SALT
from kapstone.care.plan import FORMATS, Prepared, check_dose
from kapstone.care.plan.dose import Entered, Sex, Unit, WeightBasis, entered, weights
from kapstone.care.plan.dose.entered import base_of, hydrochloride_of
from kapstone.care.quantities import Cm, Kg, Mg, MgPerMl, Ml

POLICY = default_policy()
SEVENTY = Kg.of("70")

SAID = [
    # typed, unit, strength, salt -> base, for the weight, drawn
    ("35", "mg", "50", False, "35 mg", "0.5 mg/kg", "0.7 mL"),
    ("35", "mg", None, False, "35 mg", "0.5 mg/kg", None),
    ("0.5", "mg/kg", "10", False, "35 mg", "0.5 mg/kg", "3.5 mL"),
    ("0.7", "mL", "50", False, "35 mg", "0.5 mg/kg", "0.7 mL"),
    ("0.35", "mL", "100", False, "35 mg", "0.5 mg/kg", "0.35 mL"),
    ("40.355", "mg", "50", True, "35 mg", "0.5 mg/kg", "0.7 mL"),
    ("11.53", "mg", None, True, "10 mg", "0.143 mg/kg", None),
    ("0.57650", "mg/kg", None, True, "35 mg", "0.5 mg/kg", None),
]


@pytest.mark.parametrize(("amount", "unit", "strength", "salt", "mg", "per_kg", "drawn"), SAID)
def test_a_dose_is_said_back_in_every_way(
    amount: str, unit: str, strength: str | None, salt: bool, mg: str, per_kg: str, drawn: str | None
) -> None:
    typed = Entered(Decimal(amount), Unit(unit), MgPerMl.of(strength) if strength else None, salt)
    said = entered(typed, SEVENTY)
    assert (str(said.mg), str(said.mg_per_kg)) == (mg, per_kg)
    assert (str(said.volume) if said.volume else None) == drawn


REFUSED = [
    (Entered(Decimal(0), Unit.MG), SEVENTY, "The dose is more than 0."),
    (Entered(Decimal(-1), Unit.ML, MgPerMl.of("50")), SEVENTY, "The dose is more than 0."),
    (Entered(Decimal(35), Unit.MG), Kg.of("0"), "The weight is more than 0 kg."),
    (Entered(Decimal(35), Unit.MG), Kg.of("-70"), "The weight is more than 0 kg."),
    (Entered(Decimal(1), Unit.ML, MgPerMl.of("-50")), SEVENTY, "strength of the vial is more than 0"),
    (Entered(Decimal(1), Unit.ML), SEVENTY, "Millilitres say nothing without the strength"),
    (Entered(Decimal(1), Unit.ML, MgPerMl.of("0")), SEVENTY, "strength of the vial is more than 0"),
    (Entered(Decimal(1), Unit.ML, MgPerMl.of("50"), salt=True), SEVENTY, "counted at the strength of the label"),
]


@pytest.mark.parametrize(("typed", "weight", "sentence"), REFUSED)
def test_what_is_not_clear_is_refused_in_a_sentence(typed: Entered, weight: Kg, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        entered(typed, weight)


def test_small_amounts_are_amounts() -> None:
    said = entered(Entered(Decimal("0.5"), Unit.MG, MgPerMl.of("0.5")), Kg.of("0.5"))
    assert (str(said.mg), str(said.mg_per_kg), str(said.volume)) == ("0.5 mg", "1 mg/kg", "1 mL")
    assert check_dose(FORMATS["sl"], Mg.of("0.5"), Kg.of("0.5"), POLICY).mg == Mg.of("0.5")


AMOUNTS = st.integers(1, 20_000).map(lambda n: Decimal(n) / 100)
STRENGTHS = st.sampled_from(["10", "50", "100"]).map(MgPerMl.of)
WEIGHTS = st.integers(300, 2500).map(lambda n: Kg(Decimal(n) / 10))


@given(AMOUNTS, STRENGTHS, WEIGHTS)
def test_the_three_units_mean_the_same_dose(amount: Decimal, strength: MgPerMl, weight: Kg) -> None:
    plain = entered(Entered(amount, Unit.MG, strength), weight)
    assert plain.volume is not None
    by_weight = entered(Entered(plain.mg_per_kg.value, Unit.MG_PER_KG, strength), weight)
    by_volume = entered(Entered(plain.volume.value, Unit.ML, strength), weight)
    for other in (by_weight, by_volume):
        assert abs(other.mg.value - plain.mg.value) < Decimal("1e-20")


@given(AMOUNTS)
def test_salt_and_base_go_back_and_forth(amount: Decimal) -> None:
    assert abs(base_of(hydrochloride_of(Mg(amount))).value - amount) < Decimal("1e-20")
    assert hydrochloride_of(Mg(amount)).value > amount


def test_the_label_s_salt_is_the_engine_s() -> None:
    label = claim("ketalar-base-and-salt")
    ours = float(label.figure("base_mg") / label.figure("hydrochloride_mg"))
    assert ours == pytest.approx(BASE_IN_SALT, rel=1e-3)


def test_a_bag_has_a_rate_and_holds_what_was_drawn() -> None:
    bag = Prepared(MgPerMl.of("50"), Ml.of("100"), Decimal(40))
    assert str(bag.drawn(Mg.of("35"))) == "0.7 mL"
    assert str(bag.rate()) == "150 mL/h"
    assert bag.thinned(Mg.of("35"), Decimal(2))
    assert bag.why_not(Mg.of("35")) == ""
    small = Prepared(MgPerMl.of("10"), Ml.of("3"), Decimal(40))
    assert "holds less than the 3.5 mL" in small.why_not(Mg.of("35"))
    assert Prepared(over_min=Decimal(0)).why_not(Mg.of("35")) == "An infusion takes more than 0 minutes."
    assert Prepared(MgPerMl.of("0")).why_not(Mg.of("35")) == "The strength of the vial is more than 0 mg/mL."
    assert Prepared(over_min=Decimal(-1)).why_not(Mg.of("35")) == "An infusion takes more than 0 minutes."
    assert Prepared(MgPerMl.of("-1")).why_not(Mg.of("35")) == "The strength of the vial is more than 0 mg/mL."


def test_a_preparation_may_be_small_and_may_be_left_open() -> None:
    assert Prepared(MgPerMl.of("0.5"), Ml.of("100"), Decimal("0.5")).why_not(Mg.of("35")) == ""
    just = Prepared(MgPerMl.of("50"), Ml.of("0.7"))
    assert (just.why_not(Mg.of("35")), just.thinned(Mg.of("35"), Decimal(2))) == ("", False)
    assert Prepared(bag=Ml.of("100")).why_not(Mg.of("35")) == ""
    assert not Prepared(bag=Ml.of("100")).thinned(Mg.of("35"), Decimal(2))
    for volume, thinned in (("1.39", False), ("1.4", True)):
        assert Prepared(MgPerMl.of("50"), Ml.of(volume)).thinned(Mg.of("35"), Decimal(2)) is thinned
    too_little = Prepared(MgPerMl.of("500")).why_not(Mg.of("0.01"))
    assert too_little == "This dose is too little to be drawn from 500 mg/mL: less than 0.01 mL."
    assert Prepared(bag=Ml.of("100")).rate() is Prepared(over_min=Decimal(40)).rate() is Prepared().rate() is None
    assert Prepared().drawn(Mg.of("35")) is None


CONCENTRATE = [
    # format, strength, bag, blocked
    ("iv", "100", None, True),
    ("iv", "100", "0.35", True),
    ("iv", "100", "0.69", True),
    ("iv", "100", "0.7", False),  # an equal volume was added
    ("iv", "100", "50", False),
    ("iv", "50", None, False),
    ("iv", "99.9", None, False),
    ("im", "100", None, False),
]


@pytest.mark.mitigates("M-002")
@pytest.mark.parametrize(("format_id", "strength", "bag", "blocked"), CONCENTRATE)
def test_the_concentrate_never_goes_into_a_vein_as_it_is(
    format_id: str, strength: str, bag: str | None, blocked: bool
) -> None:
    prepared = Prepared(MgPerMl.of(strength), Ml.of(bag) if bag else None)
    found = check_dose(FORMATS[format_id], Mg.of("35"), SEVENTY, POLICY, prepared=prepared)
    assert found.blocked is blocked
    assert ("ketalar-concentrate" in [one.source for one in found.limits]) is blocked


PACES = [
    # mg, minutes, blocked
    ("35", "40", False),
    ("35", "20", False),  # 1.5 mg/kg an hour exactly
    ("35", "19", True),
    ("70", "40", False),
    ("70", "39", True),
    ("35", "2", True),
]


@pytest.mark.parametrize(("mg", "minutes", "blocked"), PACES)
def test_an_infusion_has_a_hard_pace(mg: str, minutes: str, blocked: bool) -> None:
    prepared = Prepared(over_min=Decimal(minutes))
    found = check_dose(FORMATS["iv"], Mg.of(mg), SEVENTY, POLICY, prepared=prepared)
    assert found.blocked is blocked
    assert ("plan.iv.hard_max_mg_per_kg_per_h" in [one.source for one in found.limits]) is blocked


THREE = [
    # kg, cm, sex, ideal, adjusted
    ("70", "170", "male", "65.9 kg", "67.6 kg"),
    ("70", "170", "female", "61.4 kg", "64.9 kg"),
    ("120", "165", "female", "56.9 kg", "82.1 kg"),
    ("50", "180", "male", "75 kg", "75 kg"),  # below the ideal, nothing is added
    ("70", "152.4", "male", "50 kg", "58 kg"),  # five feet, where the formula begins
]


@pytest.mark.parametrize(("kg", "cm", "sex", "ideal", "adjusted"), THREE)
def test_the_three_weights_stand_side_by_side(kg: str, cm: str, sex: str, ideal: str, adjusted: str) -> None:
    found = weights(Kg.of(kg), Cm.of(cm), Sex(sex), POLICY)
    assert str(found.by(WeightBasis.IDEAL)) == ideal
    assert str(found.by(WeightBasis.ADJUSTED)) == adjusted
    assert found.by(WeightBasis.ACTUAL) == Kg.of(kg)


PICKS = [
    # kg, cm, sex, must pick
    ("86.7", "170", None, True),  # a BMI of exactly 30
    ("86.6", "170", None, False),
    ("120", "170", None, True),
    ("60", "152.4", "male", False),  # 120 % of an ideal weight of 50 kg
    ("60.1", "152.4", "male", True),
    ("86.6", "170", "male", True),  # more than 120 % of the ideal
    ("79.1", "170", "male", False),
    ("79.2", "170", "male", True),
    ("86.7", None, None, False),  # nothing is known of the height: nothing is guessed
]


@pytest.mark.parametrize(("kg", "cm", "sex", "pick"), PICKS)
def test_when_the_prescriber_picks(kg: str, cm: str | None, sex: str | None, pick: bool) -> None:
    found = weights(Kg.of(kg), Cm.of(cm) if cm else None, Sex(sex) if sex else None, POLICY)
    assert (found.must_pick is not None) is pick


def test_why_the_prescriber_picks_is_said() -> None:
    by_bmi = weights(Kg.of("120"), Cm.of("170"), None, POLICY).must_pick
    assert str(by_bmi) == "Body mass index 42, from 30 on: pick the weight that the dose goes by."
    by_ideal = weights(Kg.of("60.1"), Cm.of("152.4"), Sex.MALE, POLICY).must_pick
    assert str(by_ideal) == "More than 120 % of the ideal weight of 50 kg: pick the weight that the dose goes by."
    assert weights(Kg.of("0.5"), Cm.of("0.5"), None, POLICY).bmi is not None


@pytest.mark.parametrize(("cm", "sex"), [(None, "male"), ("170", None), ("152.3", "female")])
def test_a_weight_that_cannot_be_worked_out_is_not_there(cm: str | None, sex: str | None) -> None:
    found = weights(Kg.of("70"), Cm.of(cm) if cm else None, Sex(sex) if sex else None, POLICY)
    with pytest.raises(ValueError, match="needs the height"):
        found.by(WeightBasis.IDEAL)


@pytest.mark.parametrize(("kg", "cm"), [("0", "170"), ("70", "0"), ("-1", "170"), ("70", "-1")])
def test_nothing_weighs_nothing(kg: str, cm: str) -> None:
    with pytest.raises(ValueError, match="more than zero"):
        weights(Kg.of(kg), Cm.of(cm), None, POLICY)
