"""Which touch a patient has agreed to. Where nothing was agreed there is none, and nothing on a page offers it."""

from enum import StrEnum

from kapstone.care.evidence.reasons import marked


class Touch(StrEnum):
    """What may touch the patient, beyond what measuring and safety need; each step holds the ones before it."""

    NONE = "none"
    HAND = "hand"
    SHOULDER = "shoulder"


TOUCH: dict[Touch, str] = {
    Touch.NONE: marked("No touch"),
    Touch.HAND: marked("A hand to hold"),
    Touch.SHOULDER: marked("A hand to hold, or a hand on the shoulder"),
}
"""Each step with the words of the page."""


def wider(new: Touch, old: Touch) -> bool:
    """Whether `new` allows more than `old`: more needs a clear head, less never does."""
    order = list(Touch)
    return order.index(new) > order.index(old)
