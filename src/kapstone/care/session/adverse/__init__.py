"""Adverse effects in a session: our own terms, how bad, how long, and what was asked of every patient."""

from .effect import ACTIONS, GRADES, OUTCOMES, RELATED, SERIOUS, Effect, why_not
from .rounds import ASKED, due_round, rounds
from .terms import TERMS, Group, Term

__all__ = [
    "ACTIONS",
    "ASKED",
    "GRADES",
    "OUTCOMES",
    "RELATED",
    "SERIOUS",
    "TERMS",
    "Effect",
    "Group",
    "Term",
    "due_round",
    "rounds",
    "why_not",
]
