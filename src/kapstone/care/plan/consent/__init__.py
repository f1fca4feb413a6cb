"""What a patient is told before they agree, a text for each medicine, and questions that show it was understood."""

from .compose import consent_text, words_digest
from .drug import Drug, drug_of
from .text import ConsentText, Line, Note, Option, Page, Question
from .versions import HISTORY, VERSION

__all__ = [
    "HISTORY",
    "VERSION",
    "ConsentText",
    "Drug",
    "Line",
    "Note",
    "Option",
    "Page",
    "Question",
    "consent_text",
    "drug_of",
    "words_digest",
]
