"""What happened in the chair: the session record as a fold over events, reminders and release."""

from .event import GENESIS, Event, from_bytes, link, to_bytes
from .fold import Line, SessionState, fold
from .kinds import HANDLERS
from .lifecycle import TRANSITIONS, Phase, allowed
from .release import MET, NOT_YET, OBSERVED, Release, release
from .reminders import Level
from .signals import SIGNALS
from .timeout import Timeout, blocks, questions

__all__ = [
    "GENESIS",
    "HANDLERS",
    "MET",
    "NOT_YET",
    "OBSERVED",
    "SIGNALS",
    "TRANSITIONS",
    "Event",
    "Level",
    "Line",
    "Phase",
    "Release",
    "SessionState",
    "Timeout",
    "allowed",
    "blocks",
    "fold",
    "from_bytes",
    "link",
    "questions",
    "release",
    "to_bytes",
]
