"""One stretch of time in which something was wrong: where it began, its worst, and where it ended."""

from dataclasses import dataclass
from decimal import Decimal

from kapstone.care.quantities import Instant, plain

from .rule import Level, ReminderRule


@dataclass(slots=True)
class Episode:
    """A reminder from its first value to its last. `seen_by` is who tapped "seen", and when to look again.

    `told` is when people were last told: at the start, at each rise of the level, and at a value that is worse than
    the worst that somebody has seen.
    """

    rule: ReminderRule
    started: Instant
    last: Instant
    worst: Decimal
    level: Level
    policy_key: str
    told: Instant
    ended: Instant | None = None
    seen_by: str = ""
    seen_at: Instant | None = None
    look_again: Instant | None = None

    @property
    def open(self) -> bool:
        """True until the signal has been back for long enough."""
        return self.ended is None

    @property
    def what(self) -> str:
        """The sentence for the nurse."""
        return self.rule.what.format(value=plain(self.worst))

    def asks(self, at: Instant) -> bool:
        """True while somebody has yet to look: it was not seen, or the time to look again has come."""
        return self.open and (self.look_again is None or at >= self.look_again)

    @property
    def asked_from(self) -> Instant:
        """Since when somebody should look: since people were told, or since the time to look again."""
        return self.look_again if self.look_again is not None else self.told

    def worsen(self, value: Decimal, level: Level, policy_key: str, at: Instant) -> bool:
        """Takes one more value; True when people must be told again: the level rose, or it was seen and is worse."""
        before, self.worst = self.worst, self.rule.worse(self.worst, value)
        if level <= self.level and (self.seen_at is None or self.worst == before):
            return False
        if level > self.level:
            self.level, self.policy_key = level, policy_key
        self.told = at
        self.seen_by, self.seen_at, self.look_again = "", None, None
        return True
