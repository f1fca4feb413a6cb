"""What follows: modalities, prompts and moods, and how a concern finds a person. Which therapy works best with
ketamine is not established."""

from .escalation import Deed, Escalation, Raised, Stage, Step, escalation, read_from, to_tell
from .modalities import MODALITIES, Modality
from .prompts import MOODS, PROMPTS
from .roster import Promise, Roster, Shift

__all__ = [
    "MODALITIES",
    "MOODS",
    "PROMPTS",
    "Deed",
    "Escalation",
    "Modality",
    "Promise",
    "Raised",
    "Roster",
    "Shift",
    "Stage",
    "Step",
    "escalation",
    "read_from",
    "to_tell",
]
