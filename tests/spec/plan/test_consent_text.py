"""The consent texts: a claim behind every number, plain words, no promise; and the morning after a dose."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kapstone.care.evidence import claims, default_policy
from kapstone.care.plan import FORMATS
from kapstone.care.plan.consent import HISTORY, VERSION, ConsentText, Drug, consent_text, drug_of, words_digest
from kapstone.care.plan.under_the_drug import clear_again
from kapstone.care.quantities import Instant

NEW_YORK = ZoneInfo("America/New_York")
MOST_GRADE = 8
BANNED = re.compile(
    r"\b(breakthrough|journey|miracle|safe|safely|life-changing|cure[sd]?|proven|guaranteed?|painless|nonaddictive|should)\b",
    re.IGNORECASE,
)
BOTH = pytest.mark.parametrize("drug", list(Drug))


def sentences(text: ConsentText) -> list[str]:
    """Every sentence of a text; a heading and an answer that can be chosen count as one each."""
    said = [page.heading for page in text.pages]
    said += [line.words for page in text.pages for line in page.lines]
    for one in text.questions:
        said += [one.ask, one.explain, *(option.words for option in one.options)]
    return [part for words in said for part in re.split(r"(?<=[.?!:])\s+", words) if part]


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end; at least one."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = re.search(r"[^aeiouyl]e$", word.lower()) is not None
    return max(1, groups - silent)


def grade(said: list[str]) -> float:
    """The Flesch-Kincaid grade of sentences."""
    words = [word for one in said for word in re.findall(r"[A-Za-z']+", one)]
    return 0.39 * len(words) / len(said) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@BOTH
def test_every_number_has_a_claim_behind_it(drug: Drug) -> None:
    for page in consent_text(drug).pages:
        for line in page.lines:
            if re.search(r"\d", line.words):
                assert line.notes, line.words
            assert {note.slug for note in line.notes} <= set(claims())


@BOTH
def test_a_number_says_out_of_how_many(drug: Drug) -> None:
    """Shares are of 100 people, so that they can be held beside one another."""
    for page in consent_text(drug).pages:
        for line in page.lines:
            assert "%" not in line.words
            assert not re.search(r"\d\.\d", line.words), line.words
            assert set(re.findall(r"\d+ in (?:each )?(\d+)", line.words)) <= {"100"}


@BOTH
def test_plain_words(drug: Drug) -> None:
    text = consent_text(drug)
    assert grade(sentences(text)) <= MOST_GRADE
    for page in text.pages:
        if len(page.lines) > 2:
            assert grade([part for line in page.lines for part in line.words.split(". ")]) <= MOST_GRADE, page.key


@BOTH
def test_no_promise_and_no_pressure(drug: Drug) -> None:
    assert [one for one in sentences(consent_text(drug)) if BANNED.search(one)] == []


@BOTH
def test_both_sides_are_told(drug: Drug) -> None:
    pages = {page.key: page for page in consent_text(drug).pages}
    needed = ("what", "gain", "fade", "feel", "harm", "choices", "cost", "therapy", "day", "stop", "record")
    assert list(pages) == list(needed)
    assert len(pages["feel"].lines) + len(pages["harm"].lines) >= len(pages["gain"].lines)
    assert ("off-label" in str(pages["what"])) is (drug is Drug.RACEMIC)


@BOTH
def test_five_questions_each_with_one_right_answer_and_a_kind_word(drug: Drug) -> None:
    asked = consent_text(drug).questions
    assert len({one.key for one in asked}) == len(asked) == 5
    for one in asked:
        assert one.option(one.right) is not None
        assert len({option.key for option in one.options}) == len(one.options) >= 3
        assert "wrong" not in one.explain.lower().split()


@BOTH
def test_words_do_not_change_without_a_new_version(drug: Drug) -> None:
    assert HISTORY[VERSION][drug.value] == words_digest(drug)


@BOTH
def test_the_words_on_cost_are_part_of_what_is_signed(drug: Drug) -> None:
    bare, said = consent_text(drug), consent_text(drug, "A dose costs 500 dollars.")
    assert bare.digest != said.digest
    assert bare.pages[6].lines[0].words == "Ask us what it costs before you agree."
    assert said.pages[6].lines[0].words == "A dose costs 500 dollars."
    assert consent_text(drug, "A dose costs 500 dollars.\n\n").digest == said.digest


@BOTH
def test_a_text_reads_back_as_it_was_written(drug: Drug) -> None:
    text = consent_text(drug, "A dose costs 500 dollars.")
    assert ConsentText.from_json(text.as_json()) == text
    assert ConsentText.from_json(text.as_json()).digest == text.digest


def test_every_format_has_a_text() -> None:
    assert {drug_of(one) for one in FORMATS} == set(Drug)
    assert drug_of("in-esketamine") is Drug.ESKETAMINE
    assert drug_of("in-racemic") is Drug.RACEMIC


@pytest.mark.parametrize(
    ("began", "clear"),
    [
        # An ordinary day: the next morning at 8 in New York.
        ("2026-11-03T15:00", "2026-11-04T13:00"),
        # Shortly before and after midnight on the wall are two days.
        ("2026-11-04T04:59", "2026-11-04T13:00"),
        ("2026-11-04T05:00", "2026-11-05T13:00"),
        # The night the clocks go back: 8 is an hour later in the world; the hour that comes twice is one day.
        ("2026-10-31T19:00", "2026-11-01T13:00"),
        ("2026-11-01T05:30", "2026-11-02T13:00"),
        ("2026-11-01T06:30", "2026-11-02T13:00"),
        # The night they go forward: 8 is an hour earlier; on both sides of the hour that is missing.
        ("2026-03-07T20:00", "2026-03-08T12:00"),
        ("2026-03-08T06:59", "2026-03-09T12:00"),
        ("2026-03-08T07:00", "2026-03-09T12:00"),
    ],
)
def test_under_the_drug_until_the_next_morning(began: str, clear: str) -> None:
    at, until = (Instant(datetime.fromisoformat(one).replace(tzinfo=UTC)) for one in (began, clear))
    assert clear_again(at, NEW_YORK, default_policy()) == until
