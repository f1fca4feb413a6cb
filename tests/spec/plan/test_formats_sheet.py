"""Every format states every row, and every number of it has a policy line or a claim."""

import re

import pytest

from kapstone.care.evidence import claims, default_policy
from kapstone.care.plan import FORMATS
from kapstone.care.plan.formats.sheet import NO_LIMIT, sheet

POLICY = default_policy()

ROWS = (
    "Drug", "Start", "Range in the literature", "Hard limit", "Largest step up", "Clock zero", "Duration",
    "To stop means", "Readings", "Observation at least", "Fasting", "Weight", "Way home", "At home",
    "Patients to one nurse, while it is given", "Patients to one nurse, while observed",
    "Course: days between doses, in turn", "Course: doses",
)  # fmt: skip


@pytest.mark.parametrize("format_id", list(FORMATS))
def test_every_row_is_there_and_says_something(format_id: str) -> None:
    facts = sheet(FORMATS[format_id], POLICY)
    assert set(ROWS) <= {fact.what for fact in facts}
    assert all(fact.words.strip() for fact in facts)


@pytest.mark.mitigates("M-071")
@pytest.mark.parametrize("format_id", list(FORMATS))
def test_every_number_of_a_format_has_its_source(format_id: str) -> None:
    for fact in sheet(FORMATS[format_id], POLICY):
        if re.search(r"\d", fact.words) and fact.what not in ("To stop means", "Weight"):
            assert fact.source in POLICY.lines or fact.source in claims(), fact
            assert fact.known_as, fact


def test_a_format_without_a_limit_says_so_until_one_is_signed() -> None:
    limits = [fact.words for fact in sheet(FORMATS["in-racemic"], POLICY) if fact.what == "Hard limit"]
    assert limits == [NO_LIMIT]


LEFT_IN_THE_MOUTH = [("sl", ("spit", "swallow")), ("po", ()), ("iv", ()), ("in-esketamine", ())]


@pytest.mark.parametrize(("format_id", "rests"), LEFT_IN_THE_MOUTH)
def test_a_lozenge_says_hold_spit_or_swallow(format_id: str, rests: tuple[str, ...]) -> None:
    assert FORMATS[format_id].rests == rests
    told = {fact.what: fact.words for fact in sheet(FORMATS[format_id], POLICY)}
    assert ("What is left in the mouth" in told) is bool(rests)
    if rests:
        assert "plan.sl.hold_min" in {fact.source for fact in sheet(FORMATS[format_id], POLICY)}


HOME = [("iv", False), ("im", False), ("sc", False), ("sl", True), ("po", True), ("in-racemic", False)]


@pytest.mark.parametrize(("format_id", "may"), [*HOME, ("in-esketamine", False)])
def test_home_is_off_and_only_ever_for_what_is_swallowed_or_held(format_id: str, may: bool) -> None:
    said = [fact.words for fact in sheet(FORMATS[format_id], POLICY) if fact.what == "At home"]
    assert bool(FORMATS[format_id].home) is may
    assert said[0].startswith("off. " if may else "never")
