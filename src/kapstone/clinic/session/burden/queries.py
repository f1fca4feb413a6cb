"""Folds past sessions again under a policy, and counts which lines of it would have told somebody.

Readings are what they were; only the limits differ. What people would have done otherwise, nobody can know.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kapstone.care.evidence import Policy
from kapstone.care.quantities import elapsed_min
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.session.models import TreatmentSession
from kapstone.clinic.session.record import state_of

MOST = 60
"""So many sessions, the newest, are folded again; enough to see what is frequent."""


@dataclass(frozen=True, slots=True)
class Fired:
    """How often the lines would have told somebody, in so many sessions that lasted so many hours together."""

    sessions: int
    hours: float
    by_line: Mapping[str, int]

    @property
    def each(self) -> float:
        """Times in one session, over all lines."""
        return sum(self.by_line.values()) / self.sessions if self.sessions else 0.0


@dataclass(frozen=True, slots=True)
class Compared:
    """One line: its value in force and as proposed, and how often each would have told somebody."""

    key: str
    before: Decimal
    after: Decimal
    fired_before: int
    fired_after: int

    @property
    def changed(self) -> bool:
        """Whether the value is another one."""
        return self.before != self.after


def how_often(act: Act, policy: Policy) -> Fired:
    """The newest sessions of this clinic under a policy."""
    rows = visible(act, TreatmentSession).select_related("patient", "policy", "dose__course")
    counted: Counter[str] = Counter()
    sessions, hours = 0, 0.0
    for row in rows.order_by("-opened_at", "-id")[:MOST]:
        state = state_of(row, policy)
        if state.clock_zero is None:
            continue
        sessions += 1
        hours += elapsed_min(state.clock_zero, state.lines[-1].event.at_device) / 60
        counted.update(key for _, key in state.watch.told)
    return Fired(sessions, hours, counted)


def compare(act: Act, in_force: Policy, proposed: Policy) -> tuple[Fired, Fired, list[Compared]]:
    """Both policies on the same sessions, and each line that fired under one of them or was changed."""
    before, after = how_often(act, in_force), how_often(act, proposed)
    limits = sorted(key for key in proposed.lines if _is_limit(proposed, key))
    found = [
        Compared(
            key, in_force.number(key), proposed.number(key), before.by_line.get(key, 0), after.by_line.get(key, 0)
        )
        for key in limits
    ]
    return before, after, [one for one in found if one.changed or one.fired_before or one.fired_after]


def _is_limit(policy: Policy, key: str) -> bool:
    """A line of the reminders: a number that ends in a colour and a direction."""
    colours = ("yellow_", "orange_", "red_")
    return any(key.rpartition(".")[2].startswith(one) for one in colours) and isinstance(policy[key].value, Decimal)
