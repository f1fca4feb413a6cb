"""Policy as a value, claims as files, reasons as sentences whose gaps are filled when they are made."""

from decimal import Decimal

import pytest

from kapstone.care.evidence import Certainty, Policy, Standing, claim, claims, default_policy
from kapstone.care.evidence.reasons import Reason, marked, reason

POLICY = default_policy()
KNOWN_AS = {"found", "secondary", "known", "default"}


@pytest.mark.mitigates("M-071")
def test_every_line_says_its_unit_why_and_how_it_is_known() -> None:
    for key, line in POLICY.lines.items():
        assert line.key == key
        assert line.known_as in KNOWN_AS, key
        assert line.why.endswith((".", "?")), key
        assert line.verified is (line.known_as == "found")


def test_no_policy_number_is_a_float() -> None:
    assert all(not isinstance(line.value, float) for line in POLICY.lines.values())


def test_a_policy_survives_its_text() -> None:
    assert Policy.from_json(POLICY.as_json()) == POLICY
    assert Policy.from_json(POLICY.as_json()).digest == POLICY.digest


def test_a_change_changes_one_line_and_the_digest_and_leaves_the_old_policy_alone() -> None:
    key = "session.sbp.red_from"
    changed = POLICY.changed({key: Decimal(190)})
    assert (changed.number(key), POLICY.number(key)) == (190, 200)
    assert changed.digest != POLICY.digest
    assert {one for one in POLICY.lines if POLICY[one] != changed[one]} == {key}


def test_a_line_that_does_not_exist_cannot_be_changed_or_read() -> None:
    with pytest.raises(KeyError):
        POLICY.changed({"session.sbp.blue_from": Decimal(1)})
    with pytest.raises(KeyError):
        POLICY.number("session.sbp.blue_from")


@pytest.mark.parametrize(
    ("ask", "key"),
    [("number", "session.slots.iv"), ("names", "session.sbp.red_from"), ("on", "session.sbp.red_from")],
)
def test_a_line_of_another_type_is_a_broken_promise(ask: str, key: str) -> None:
    with pytest.raises(TypeError):
        getattr(POLICY, ask)(key)


SESSION_ORDER = [
    # worse first
    ("sbp", "red_from red_repeated_from orange_from yellow_from low_yellow_below low_orange_below low_red_below"),
    ("dbp", "red_from red_repeated_from orange_from yellow_from"),
    ("hr", "red_above orange_repeated_above yellow_above yellow_below orange_below red_below"),
    ("spo2", "yellow_below orange_below red_below"),
    ("rr", "yellow_below orange_below red_below"),
]


@pytest.mark.parametrize(("signal", "names"), SESSION_ORDER)
def test_limits_stand_in_order_and_within_what_is_plausible(signal: str, names: str) -> None:
    numbers = [POLICY.number(f"session.{signal}.{name}") for name in names.split()]
    assert numbers == sorted(set(numbers), reverse=True)
    assert POLICY.number(f"session.plausible.{signal}_low") < numbers[-1]
    assert numbers[0] <= POLICY.number(f"session.plausible.{signal}_high")


@pytest.mark.parametrize("format_id", ["iv", "im", "sc", "sl", "po"])
def test_a_soft_limit_is_below_its_hard_one(format_id: str) -> None:
    for unit in ("mg", "mg_per_kg"):
        soft, hard = (POLICY.lines.get(f"plan.{format_id}.{hold}_max_{unit}") for hold in ("soft", "hard"))
        assert hard is not None
        assert soft is None or soft.value < hard.value


def test_every_claim_has_a_statement_a_source_and_exact_figures() -> None:
    for slug, one in claims().items():
        assert one == claim(slug)
        assert one.statement.strip() and one.source.strip(), slug
        assert isinstance(one.standing, Standing) and isinstance(one.certainty, Certainty)
        assert one.standing.words
        assert one.review_by >= one.read_on, slug
        assert all(figure.is_finite() for figure in one.figures.values()), slug


def test_a_claim_that_no_file_holds_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        claim("the-moon-is-cheese")


def test_a_reason_is_a_sentence_and_a_gap_without_a_value_fails_at_once() -> None:
    made = reason("demo.key", marked("{mg} is too much."), mg="5 mg")
    assert str(made) == "5 mg is too much."
    assert isinstance(made, Reason)
    with pytest.raises(KeyError):
        reason("demo.key", "{mg} is too much.")
