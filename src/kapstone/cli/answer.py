"""What a verb gives back: one document for `--json`, a text for people, and an exit code."""

from collections.abc import Mapping
from dataclasses import dataclass

DONE = 0
REFUSED = 1
BAD_INPUT = 2


class BadInput(Exception):
    """One sentence that names the file, the line or field, and what would be right."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A verb's result. `text` is for people, `document` for programs; both say the same."""

    document: Mapping[str, object]
    text: str
    exit_code: int = DONE
