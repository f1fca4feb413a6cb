"""A consent text as a value: pages of one idea each, questions, and a digest over every word that is shown."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .drug import Drug


@dataclass(frozen=True, slots=True)
class Note:
    """The claim behind a sentence, with how sure the field is and, where it matters, how we know it."""

    slug: str
    sure: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One or a few short sentences, and what stands behind them."""

    words: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One idea."""

    key: str
    heading: str
    lines: tuple[Line, ...]

    @property
    def sure(self) -> tuple[str, ...]:
        """How sure the field is of what this page says, each once."""
        return tuple(dict.fromkeys(note.sure for line in self.lines for note in line.notes))


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question in the patient's own voice. A wrong answer is met with `explain`, and asked again."""

    key: str
    ask: str
    options: tuple[Option, ...]
    right: str
    explain: str

    def option(self, key: str) -> Option | None:
        """The answer with this key."""
        return next((one for one in self.options if one.key == key), None)


@dataclass(frozen=True, slots=True)
class ConsentText:
    """Everything that one signature is under."""

    version: str
    drug: Drug
    pages: tuple[Page, ...]
    questions: tuple[Question, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the whole text: pages, notes, questions and the clinic's words on cost."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()

    def as_json(self) -> str:
        """Canonical text: the same consent always gives the same bytes. Kept with the signature."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def from_json(body: str) -> "ConsentText":
        """Reads what `as_json` wrote."""
        told = json.loads(body)
        pages = tuple(_page(one) for one in told["pages"])
        return ConsentText(told["version"], Drug(told["drug"]), pages, tuple(_question(q) for q in told["questions"]))

    def question(self, key: str) -> Question | None:
        """The question with this key."""
        return next((one for one in self.questions if one.key == key), None)


def _page(body: Mapping[str, Any]) -> Page:
    lines = [Line(one["words"], tuple(Note(**note) for note in one["notes"])) for one in body["lines"]]
    return Page(body["key"], body["heading"], tuple(lines))


def _question(body: Mapping[str, Any]) -> Question:
    options = tuple(Option(**one) for one in body["options"])
    return Question(body["key"], body["ask"], options, body["right"], body["explain"])
