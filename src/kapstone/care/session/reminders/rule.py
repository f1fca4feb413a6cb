"""What a reminder is: a signal, the policy lines that limit it, and the sentence for the nurse.

Each member of this folder holds one RULE; they are found here, so adding one is adding a file.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, IntEnum, auto
from functools import cache

from kapstone.care.evidence import Policy


class Level(IntEnum):
    """How soon somebody must look. The names are the contract of `kapstone replay`."""

    YELLOW = 1
    ORANGE = 2
    RED = 3

    @property
    def word(self) -> str:
        """The name in lower case."""
        return self.name.lower()

    @property
    def act(self) -> str:
        """What the level asks of people."""
        return {
            Level.YELLOW: "Look, and measure again in 5 minutes.",
            Level.ORANGE: "Prescriber to the room. Slow or hold the dose.",
            Level.RED: "Stop the dose. Emergency steps.",
        }[self]


class When(Enum):
    """How a value is held against a policy line."""

    FROM = auto()
    ABOVE = auto()
    BELOW = auto()
    RISE_FROM = auto()
    REPEATED_FROM = auto()
    REPEATED_ABOVE = auto()
    ALWAYS = auto()
    """Whatever the line says: none counted needs no number, and no policy silences it."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One policy line, how to hold a value against it, and the level it gives."""

    level: Level
    when: When
    policy_key: str

    @property
    def repeated(self) -> bool:
        """True when one reading is not enough."""
        return self.when in (When.REPEATED_FROM, When.REPEATED_ABOVE)

    def touched(self, value: Decimal, baseline: Decimal | None, policy: Policy) -> bool:
        """Whether this one value is at the limit; a rise needs a baseline."""
        line = policy.number(self.policy_key)
        match self.when:
            case When.FROM | When.REPEATED_FROM:
                return value >= line
            case When.ABOVE | When.REPEATED_ABOVE:
                return value > line
            case When.BELOW:
                return value < line
            case When.RISE_FROM:
                return baseline is not None and value - baseline >= line
            case When.ALWAYS:
                return True


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """One reminder. `limits` stand worst first; `high` tells which way is worse."""

    id: str
    signal: str
    high: bool
    limits: tuple[Limit, ...]
    what: str
    rank: int = 0

    def worse(self, one: Decimal, other: Decimal) -> Decimal:
        """The worse of two values."""
        return max(one, other) if self.high else min(one, other)


@cache
def _rules() -> Mapping[str, ReminderRule]:
    package = importlib.import_module(__package__)
    rules: list[ReminderRule] = []
    for found in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{__package__}.{found.name}")
        rules.extend([module.RULE] if hasattr(module, "RULE") else [])
    return {rule.id: rule for rule in sorted(rules, key=lambda rule: (-rule.rank, rule.id))}


class _Rules(Mapping[str, ReminderRule]):
    """The rules by id, read from the folder when first asked for."""

    def __getitem__(self, key: str) -> ReminderRule:
        return _rules()[key]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(_rules())

    def __len__(self) -> int:
        return len(_rules())


RULES: Mapping[str, ReminderRule] = _Rules()
