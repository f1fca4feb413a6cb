"""What a rule is: a condition in three-valued logic, how bad it is, when it counts, and what it says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import cast

from kapstone.care.evidence import Policy

from .intake import Intake
from .logic import Known

PHASES = ("candidacy", "course_start", "each_dose", "maintenance")
RACEMIC = ("iv", "im", "sc", "sl", "po", "in-racemic")
ESKETAMINE = ("in-esketamine",)
ALL = RACEMIC + ESKETAMINE

Condition = Callable[[Intake, Policy], Known]
Says = Callable[[Intake, Policy], Mapping[str, object]]


class Severity(IntEnum):
    """How bad a finding is. STOP cannot be overridden in the program; INFO gates nothing."""

    INFO = 0
    REVIEW = 1
    HOLD = 2
    BLOCK = 3
    STOP = 4

    @property
    def word(self) -> str:
        """The word used in documents."""
        return self.name.lower()


class Urgency(IntEnum):
    """How soon a person must be seen. It is never a reason to refuse treatment."""

    NONE = 0
    TODAY = 1
    NOW = 2

    @property
    def word(self) -> str:
        """The word used in documents."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. `source` is a claim's slug or a policy line's key; `numbers` are further policy lines.

    Gaps of the two sentences are filled by the source's figures, by the last part of each policy key, and by `says`.
    """

    id: str
    title: str
    phase: str = "candidacy"
    formats: tuple[str, ...] = ALL
    setting: str = "any"
    severity: Severity
    urgency: Urgency = Urgency.NONE
    source: str
    numbers: tuple[str, ...] = ()
    needs: tuple[str, ...]
    not_in: tuple[str, ...] = ()
    condition: Condition
    because: str
    clears: str
    says: Says | None = None


def answered_yes(name: str) -> Condition:
    """The condition that one yes-or-no field was answered with yes."""
    return lambda intake, policy: cast("Known", getattr(intake, name))
