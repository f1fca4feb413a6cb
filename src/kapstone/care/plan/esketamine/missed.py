"""After missed sessions the label lets the prescriber choose; the program says between what, and chooses nothing."""

from dataclasses import dataclass

from kapstone.care.evidence import Reason
from kapstone.care.evidence.reasons import marked, reason

SOURCE = "esketamine-missed-session"


@dataclass(frozen=True, slots=True)
class Missed:
    """One way on: its key, its reason, and whether it is open now."""

    key: str
    reason: Reason
    open: bool


def after_missed(missed: int, worse: bool | None) -> tuple[Missed, ...]:
    """The ways on after so many missed sessions. `worse` is what a clinician found, None before they looked."""
    if missed < 0:
        raise ValueError("A number of missed sessions is not below 0.")
    if missed == 0:
        return ()
    keep = marked("Go on as scheduled: the depression is no worse.")
    back = marked("Go back to the earlier, closer schedule: the depression is worse.")
    first = marked("{missed} missed: say first whether the depression is worse.")
    return (
        Missed("look", reason("esketamine.missed.look", first, missed=missed), worse is None),
        Missed("keep", reason("esketamine.missed.keep", keep), worse is not None),
        Missed("closer", reason("esketamine.missed.closer", back), worse is True),
    )
