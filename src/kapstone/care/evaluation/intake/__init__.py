"""What the evaluation asks and what was answered. None is "not answered" and never "no"."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from types import MappingProxyType

from .asking import Ask, BadIntake, Kind, Who
from .findings import DoseDay, Tests
from .history import CHILD_PUGH, History
from .medicine import Medicine
from .person import DIAGNOSES, INDICATIONS, Person
from .trial import TRIAL_KINDS, Trial

__all__ = [
    "CHILD_PUGH",
    "DIAGNOSES",
    "INDICATIONS",
    "TRIAL_KINDS",
    "Ask",
    "BadIntake",
    "Intake",
    "Kind",
    "Medicine",
    "Trial",
    "Who",
    "asks",
]


@dataclass(frozen=True, kw_only=True)
class Intake(DoseDay, Tests, History, Person):
    """The answers that the rules read, in four parts that each have their file."""

    def __post_init__(self) -> None:
        """BadIntake for days that cannot be true."""
        for name, ask in asks().items():
            given = getattr(self, name)
            if ask.kind != Kind.DAY or given is None or self.evaluated_on is None:
                continue
            if given > self.evaluated_on:
                raise BadIntake(f"{name} is {given}, after evaluated_on {self.evaluated_on}; give an earlier day.")


@cache
def asks() -> Mapping[str, Ask]:
    """Every field of an intake with its question, in the order in which they are asked."""
    return MappingProxyType({each.name: each.metadata["ask"] for each in fields(Intake)})
