"""Puts a consent text together: the medicine's own pages, those that both share, the clinic's words on cost."""

from dataclasses import replace
from functools import lru_cache

from kapstone.care.evidence import Standing
from kapstone.care.evidence.reasons import marked
from kapstone.care.guide import statement

from . import esketamine, racemic, shared
from .drug import Drug
from .questions import questions
from .text import ConsentText, Line, Note, Page
from .versions import VERSION

KNOWN = {
    Standing.FOUND: "",
    Standing.SECONDARY: marked("We read this at second hand"),
    Standing.KNOWN: marked("We have not checked this at its source"),
}
"""How we know a number, in a patient's words; nothing where it was read in its source."""

NO_COST = marked("Ask us what it costs before you agree.")
Draft = tuple[str, str, tuple[tuple[str, ...], ...]]
"""A page as it is written: key, heading, and lines of words followed by the slugs of their claims."""


@lru_cache
def consent_text(drug: Drug, cost: str = "") -> ConsentText:
    """The text in force for a medicine. `cost` is the clinic's own statement; without one the page says to ask."""
    own = racemic.PAGES if drug is Drug.RACEMIC else esketamine.PAGES
    before, after = shared.BEFORE_COST, shared.AFTER_COST
    drafts: tuple[Draft, ...] = (*own, *before, (*shared.COST, _cost(cost)), *after)
    return ConsentText(VERSION, drug, tuple(_page(one) for one in drafts), questions(drug))


def words_digest(drug: Drug) -> str:
    """The digest of a medicine's words alone, without notes and without a clinic's words on cost."""
    text = consent_text(drug)
    bare = [replace(page, lines=tuple(replace(line, notes=()) for line in page.lines)) for page in text.pages]
    return replace(text, pages=tuple(bare)).digest


def _cost(cost: str) -> tuple[tuple[str, ...], ...]:
    said = tuple((one.strip(),) for one in cost.splitlines() if one.strip())
    return (*(said or ((NO_COST,),)), (shared.WHO_PAYS,))


def _page(draft: Draft) -> Page:
    key, heading, lines = draft
    return Page(key, heading, tuple(Line(words, tuple(_note(slug) for slug in slugs)) for words, *slugs in lines))


def _note(slug: str) -> Note:
    found = statement(slug)
    return Note(slug, found.sure, KNOWN[found.claim.standing])
