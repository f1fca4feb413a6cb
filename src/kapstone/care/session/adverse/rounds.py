"""The rounds in which every patient is asked for the same effects: what nobody asks for is seldom told."""

from kapstone.care.evidence import Policy
from kapstone.care.evidence.reasons import marked
from kapstone.care.quantities import Instant, elapsed_min

ASKED: tuple[str, ...] = (
    "dissociation",
    "dizziness",
    "sedation",
    "anxiety",
    "nausea",
    "headache",
    "blurred_vision",
    "numbness",
)
"""The terms of a round, in the order in which they are asked; a choice of this program, which claims no more."""

ROUND: dict[str, str] = {
    "0": marked("No"),
    "1": marked("A little"),
    "2": marked("Some"),
    "3": marked("A lot"),
}
"""The answers of a round."""


def rounds(policy: Policy) -> tuple[int, ...]:
    """Minutes after clock zero at which everybody is asked."""
    return tuple(int(one) for one in policy.names("session.effects.ask_min"))


def due_round(asked: set[int], zero: Instant | None, policy: Policy, at: Instant) -> int | None:
    """The round that is due and was not asked, the newest of several; None when there is none."""
    if zero is None:
        return None
    come = [minute for minute in rounds(policy) if elapsed_min(zero, at) >= minute]
    return come[-1] if come and come[-1] not in asked else None
