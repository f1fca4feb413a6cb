"""What a dose may be: each format at and over its limits, in milligrams and for the weight."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapstone.care.evidence import default_policy
from kapstone.care.plan import FORMATS, History, Prepared, check_dose
from kapstone.care.quantities import Kg, Mg, MgPerMl, Ml

POLICY = default_policy()
POUND = Decimal("2.20462")

LIMITS = [
    # format, mg, kg, what holds
    ("iv", "35", "70", ""),
    ("iv", "52.5", "70", ""),
    ("iv", "52.6", "70", "soft mg_per_kg"),
    ("iv", "70", "70", "soft mg_per_kg"),
    ("iv", "70.1", "70", "hard mg_per_kg"),
    ("iv", "100", "130", "soft mg_per_kg"),
    ("iv", "100", "140", ""),
    ("iv", "100.1", "140", "hard mg"),
    ("iv", "350", "70", "hard mg, hard mg_per_kg"),
    ("im", "70", "70", ""),
    ("im", "70.1", "70", "soft mg_per_kg"),
    ("im", "90", "60", "soft mg_per_kg"),
    ("im", "90.1", "60", "hard mg_per_kg"),
    ("im", "100", "100", ""),
    ("im", "100.1", "101", "hard mg"),
    ("sc", "52.5", "70", ""),
    ("sc", "52.6", "70", "soft mg_per_kg"),
    ("sc", "63", "70", "soft mg_per_kg"),
    ("sc", "63.1", "70", "hard mg_per_kg"),
    ("sc", "100", "140", ""),
    ("sc", "100.1", "140", "hard mg"),
    ("sl", "400", "70", ""),
    ("sl", "400.1", "70", "soft mg"),
    ("sl", "450", "75", "soft mg"),
    ("sl", "450.1", "80", "hard mg"),
    ("sl", "300", "50", ""),
    ("sl", "300.1", "50", "hard mg_per_kg"),
    ("po", "250", "90", ""),
    ("po", "250.1", "90", "soft mg"),
    ("po", "300", "100", "soft mg"),
    ("po", "300.1", "110", "hard mg"),
    ("po", "150.1", "50", "hard mg_per_kg"),
]


def _before(first: bool) -> History | None:
    return History(None) if first else None


def holds(format_id: str, mg: str, kg: str, *, first: bool = False) -> str:
    """What holds, hard limits first, without the soft line below a hard one."""
    found = check_dose(
        FORMATS[format_id], Mg.of(mg), Kg.of(kg), POLICY, history=History(None) if first else None
    ).limits
    hard = [one for one in found if one.hold == "hard"]
    return ", ".join(f"{one.hold} {one.source.split('_max_')[-1]}" for one in hard or found)


@pytest.mark.parametrize(("format_id", "mg", "kg", "expected"), LIMITS)
def test_at_and_over_each_limit(format_id: str, mg: str, kg: str, expected: str) -> None:
    assert holds(format_id, mg, kg) == expected


ESKETAMINE = [
    # mg, first dose, blocked, needs a reason
    ("56", True, False, False),
    ("56.0", False, False, False),
    ("84", False, False, False),
    ("84", True, False, True),
    ("28", False, True, False),
    ("28", True, True, False),
    ("112", False, True, False),
    ("56.1", False, True, False),
    ("560", False, True, False),
]


@pytest.mark.parametrize(("mg", "first", "blocked", "needs_reason"), ESKETAMINE)
def test_esketamine_is_56_or_84_and_the_first_84_needs_a_reason(
    mg: str, first: bool, blocked: bool, needs_reason: bool
) -> None:
    found = check_dose(
        FORMATS["in-esketamine"], Mg.of(mg), Kg.of("70"), POLICY, history=History(None) if first else None
    )
    assert (found.blocked, found.needs_reason) == (blocked, needs_reason)


@pytest.mark.parametrize("mg", ["0.1", "50", "500"])
def test_racemic_nasal_is_blocked_until_a_limit_exists(mg: str) -> None:
    found = check_dose(FORMATS["in-racemic"], Mg.of(mg), Kg.of("70"), POLICY)
    assert found.blocked
    assert str(found.limits[0].reason) == (
        "No medical director has signed a limit for Nasal ketamine (racemic), so none can be given."
    )


@pytest.mark.parametrize(("mg", "kg"), [("0", "70"), ("-5", "70"), ("35", "0"), ("35", "-70")])
def test_nothing_and_less_than_nothing_are_no_dose_and_no_weight(mg: str, kg: str) -> None:
    with pytest.raises(ValueError, match="more than zero"):
        check_dose(FORMATS["iv"], Mg.of(mg), Kg.of(kg), POLICY)


def test_a_reason_says_the_amount_and_the_limit_and_names_its_policy_line() -> None:
    found = check_dose(FORMATS["iv"], Mg.of("350"), Kg.of("70"), POLICY)
    assert [str(one.reason) for one in found.limits if one.hold == "hard"] == [
        "350 mg is above this clinic's hard limit of 100 mg.",
        "5 mg/kg is above this clinic's hard limit of 1 mg/kg.",
    ]
    assert all(one.source in POLICY.lines for one in found.limits)
    assert [one.hold for one in found.limits] == sorted((one.hold for one in found.limits), key="hard soft".find)


TENTHS = st.integers(1, 60_000).map(lambda n: str(Decimal(n) / 10))
WEIGHTS = st.integers(300, 3000).map(lambda n: str(Decimal(n) / 10))


LINES = {key: Fraction(line.value) for key, line in POLICY.lines.items() if isinstance(line.value, Decimal)}


def must_block(format_id: str, mg: Fraction, kg: Fraction, prepared: Prepared | None = None) -> bool:
    """The same rules said again in exact fractions."""
    ceiling = f"plan.{format_id}.hard_max_mg"
    strong = prepared is not None and prepared.strength is not None and prepared.strength.value >= 100
    if format_id == "iv" and prepared is not None:
        bag = Fraction(prepared.bag.value) if prepared.bag else None
        if strong and prepared.strength and (bag is None or bag < 2 * mg / Fraction(prepared.strength.value)):
            return True
        if prepared.over_min and mg * 60 > LINES["plan.iv.hard_max_mg_per_kg_per_h"] * kg * Fraction(
            prepared.over_min
        ):
            return True
    if FORMATS[format_id].fixed_doses:
        return mg not in (56, 84)
    return ceiling not in LINES or mg > LINES[ceiling] or mg > LINES[f"{ceiling}_per_kg"] * kg


@settings(deadline=None)
@given(st.sampled_from(sorted(FORMATS)), TENTHS, WEIGHTS, st.booleans())
def test_an_order_is_blocked_when_and_only_when_a_hard_limit_says_so(
    format_id: str, mg: str, kg: str, first: bool
) -> None:
    found = check_dose(FORMATS[format_id], Mg.of(mg), Kg.of(kg), POLICY, history=_before(first))
    assert found.blocked is must_block(format_id, Fraction(mg), Fraction(kg))


@pytest.mark.mitigates("M-002")
def test_of_100_000_orders_none_escapes_a_hard_limit() -> None:
    """Right doses, tenfold and tenth slips, pounds for kilograms, strong vials and hurried pumps, always the same."""
    chance = random.Random(20260302)
    wrong = []
    for _ in range(100_000):
        format_id = chance.choice(list(FORMATS))
        kg = Decimal(chance.randint(300, 2000)) / 10 * chance.choice([Decimal(1), POUND])
        mg = Decimal(chance.randint(1, 1500)) / 1000 * kg * chance.choice([Decimal("0.1"), Decimal(1), Decimal(10)])
        if FORMATS[format_id].fixed_doses:
            mg = Decimal(chance.choice([28, 56, 84, 112, 560, 840]))
        prepared = chance.choice([None, _prepared(chance)])
        history = chance.choice([None, History(None), History(Mg(Decimal(chance.randint(1, 500))))])
        found = check_dose(FORMATS[format_id], Mg(mg), Kg(kg), POLICY, history=history, prepared=prepared)
        if found.blocked is not must_block(format_id, Fraction(mg), Fraction(kg), prepared):
            wrong.append((format_id, mg, kg, prepared))
    assert wrong == []


def _prepared(chance: random.Random) -> Prepared:
    strength = chance.choice([None, "10", "50", "99", "100", "200"])
    bag = chance.choice([None, "0.5", "3", "50", "100"])
    over = chance.choice([None, 2, 10, 20, 40, 60, 100])
    return Prepared(
        MgPerMl.of(strength) if strength else None,
        Ml.of(bag) if bag else None,
        None if over is None else Decimal(over),
    )


USUAL = [("iv", "0.5"), ("im", "0.5"), ("sc", "0.5"), ("sl", "1.5"), ("po", "1.5")]


@pytest.mark.mitigates("M-002")
@pytest.mark.parametrize(("format_id", "mg_per_kg"), USUAL)
@settings(deadline=None)
@given(WEIGHTS)
def test_a_tenfold_slip_of_a_usual_dose_is_always_blocked(format_id: str, mg_per_kg: str, kg: str) -> None:
    slip = Mg.of(Decimal(mg_per_kg) * 10 * Decimal(kg))
    assert check_dose(FORMATS[format_id], slip, Kg.of(kg), POLICY).blocked


@pytest.mark.mitigates("M-002")
@pytest.mark.parametrize(("format_id", "mg_per_kg"), USUAL)
@settings(deadline=None)
@given(WEIGHTS)
def test_pounds_typed_as_kilograms_never_pass_the_absolute_limit(format_id: str, mg_per_kg: str, kg: str) -> None:
    typed = Decimal(kg) * POUND
    found = check_dose(FORMATS[format_id], Mg.of(Decimal(mg_per_kg) * typed), Kg.of(typed), POLICY)
    assert found.blocked or found.mg.value <= POLICY.number(f"plan.{format_id}.hard_max_mg")
