"""How a typed name is read: whole names only, dose and form beside it, and never a word passed over in silence."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.spec.evaluation.people import someone

from kapstone.care.evaluation import Finding, Medicine, evaluate
from kapstone.care.evaluation.medicines import ingredients, read_name, recognise
from kapstone.care.evaluation.medicines.table import beside_a_name
from kapstone.care.evidence import default_policy

POLICY = default_policy()


def finding(rule: str, *medicines: Medicine) -> Finding | None:
    verdict = evaluate(someone(medicines=medicines), POLICY)
    return next((each for each in verdict.findings if each.rule == rule), None)


@pytest.mark.parametrize(
    ("typed", "ingredients_", "unplaced"),
    [
        ("sertraline", ["sertraline"], []),
        ("  SERTRALINE 100 mg tablets, once daily ", ["sertraline"], []),
        ("Zoloft", ["sertraline"], []),
        ("sertraline hydrochloride 50mg at night", ["sertraline"], []),
        ("lorazepam0.5mg", ["lorazepam"], []),
        ("lorazepam 0.5mg as needed", ["lorazepam"], []),
        ("bupropion XL 300", ["bupropion"], []),
        ("sertraline foobarol", ["sertraline"], ["foobarol"]),
        ("foobarol", [], ["foobarol"]),
        ("my blood pressure pill", [], ["blood", "pressure"]),
        ("sertralin", [], ["sertralin"]),
        ("Tylenol 3", ["acetaminophen", "codeine"], []),
        ("Tylenol #3", ["acetaminophen", "codeine"], []),
        ("Tylenol 3 times a day", ["acetaminophen"], []),
        ("Tylenol 3x daily", ["acetaminophen"], []),
        ("Nuedexta", ["dextromethorphan", "quinidine"], []),
        ("Lybalvi", ["olanzapine", "samidorphan"], []),
        ("sertraline, lithium and lamotrigine", ["sertraline", "lithium", "lamotrigine"], []),
        ("", [], []),
    ],
)
def test_what_a_name_means(typed: str, ingredients_: list[str], unplaced: list[str]) -> None:
    reading = read_name(typed)
    assert [each.id for each in reading.ingredients] == ingredients_
    assert list(reading.unplaced) == unplaced


@pytest.mark.parametrize("id", sorted(ingredients()))
def test_every_name_of_the_table_is_read_as_itself_with_a_dose_behind_it(id: str) -> None:
    for name in (id, *ingredients()[id].names):
        assert id in {each.id for each in recognise(f"{name.upper()} 20 mg daily")}, name
        assert read_name(name).unplaced == ()


def test_no_word_beside_a_name_is_a_name_of_the_table() -> None:
    names = {name for each in ingredients().values() for name in (each.id, *each.names)}
    assert names & beside_a_name() <= {"potassium", "magnesium", "calcium"}
    assert all(re.fullmatch("[a-z]+", word) for word in beside_a_name())


@pytest.mark.parametrize(
    ("medicine", "told"),
    [
        (Medicine(name="sertraline 100 mg"), False),
        (Medicine(name="sertraline foobarol"), True),
        (Medicine(name="sertraline foobarol", checked=True), False),
        (Medicine(name="sertraline foobarol", checked=False), True),
        (Medicine(name="foobarol"), True),
        (Medicine(name="foobarol", checked=True), False),
        (Medicine(name="100 mg daily"), True),
    ],
)
def test_a_word_that_the_table_lacks_is_told(medicine: Medicine, told: bool) -> None:
    found = finding("A14", medicine)
    assert (found is not None) == told
    if found is not None:
        assert medicine.name in str(found.reason)


LORAZEPAM = Medicine(name="lorazepam", daily_mg=Decimal(3))


@pytest.mark.parametrize(
    ("medicines", "fires"),
    [
        ((LORAZEPAM,), False),
        ((Medicine(name="lorazepam", daily_mg=Decimal("3.01")),), True),
        ((LORAZEPAM, Medicine(name="diazepam", daily_mg=Decimal("0.1"))), True),
        ((Medicine(name="lorazepam"),), None),
        ((Medicine(name="lorazepam"), Medicine(name="diazepam", daily_mg=Decimal(31))), True),
        ((Medicine(name="midazolam", daily_mg=Decimal(5)),), None),
        ((Medicine(name="midazolam", daily_mg=Decimal(5), checked=True),), False),
        ((Medicine(name="midazolam", daily_mg=Decimal(5)), Medicine(name="lorazepam", daily_mg=Decimal(4))), True),
        ((Medicine(name="a benzodiazepine", daily_mg=Decimal(1)),), None),
        # The milligrams of a product are not those of its benzodiazepine.
        ((Medicine(name="Limbitrol", daily_mg=Decimal(75)),), None),
        ((Medicine(name="Limbitrol", daily_mg=Decimal(75), checked=True),), False),
        ((), False),
    ],
)
def test_benzodiazepines_add_up_where_they_can_be_compared(
    medicines: tuple[Medicine, ...], fires: bool | None
) -> None:
    found = finding("E50", *medicines)
    if fires is False:
        assert found is None
    elif fires is True:
        assert found is not None
        assert found.missing == ()
    else:
        assert found is not None
        assert found.missing == ("medicines",), "what to ask is said"


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    reading = read_name(text)
    assert all(word in text.casefold() or not text.isascii() for word in reading.unplaced)
