"""Says in plain words why a test stands as it does."""

from dataclasses import dataclass
from datetime import date

from kapstone.care.evaluation.logic import Known
from kapstone.care.evidence import Reason, marked
from kapstone.care.evidence.reasons import reason

from .kind import ClearanceTest
from .lifecycle import Did, State

DAY = "%Y-%m-%d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the sentence is made from."""

    test: ClearanceTest
    state: State
    needed: Known
    last: Did | None
    asked_on: date | None
    moved_on: date | None
    due_on: date | None
    overdue: bool
    until: date | None
    on: date
    next_dose: date | None
    lasts: Known
    days: int


def reason_of(told: Told) -> Reason:
    """One reason with all that belongs to it."""
    key, template = SAYS[told.state](told)
    values = {
        "asked": _day(told.asked_on),
        "moved": _day(told.moved_on),
        "due": _day(told.due_on),
        "until": _day(told.until),
        "dose": _day(told.next_dose),
        "days": told.days,
    }
    return reason(f"clearance.{told.test.id}.{key}", template, **values)


def _day(day: date | None) -> str:
    return day.strftime(DAY) if day else ""


def _not_asked(told: Told) -> tuple[str, str]:
    if told.needed:
        return "needed", told.test.needed_words + " " + marked("It has not been asked for.")
    if told.needed is None:
        return "unknown", marked("Whether it is needed is not known yet: a question of the intake is open.")
    return "not_asked", told.test.not_needed_words


def _asked(told: Told) -> tuple[str, str]:
    if told.last == Did.REPEAT:
        text = marked("The last result could not be used, read on {moved}. It is asked for again.")
    elif told.last == Did.IN_ERROR:
        text = marked("A result was marked as entered in error on {moved}. It is asked for again.")
    elif told.overdue:
        text = marked("Asked for on {asked}, due on {due}, and nothing has come in.")
    else:
        text = marked("Asked for on {asked}. Nothing has come in yet.")
    return "asked", text + _still(told)


def _received(told: Told) -> tuple[str, str]:
    text = marked("A result came in on {moved}. Nobody has read it, so it does not count yet.")
    return "received", text + _still(told)


def _still(told: Told) -> str:
    """What an earlier result is still good for."""
    if told.until is None:
        return ""
    if told.on <= told.until:
        return " " + marked("The result before it counts up to {until}.")
    return " " + marked("The result before it counted up to {until}.")


def _read(told: Told) -> tuple[str, str]:
    if told.lasts is False:
        return "ends_before", marked("Counts up to {until}. That is before the next dose, on {dose}.")
    return "counts", marked("Counts up to {until}.")


def _expired(told: Told) -> tuple[str, str]:
    return "expired", marked("Counted up to {until}. A new one is needed.")


def _withdrawn(told: Told) -> tuple[str, str]:
    return "withdrawn", marked("Asked for on {asked} and withdrawn on {moved}.")


def _not_needed(told: Told) -> tuple[str, str]:
    return "not_needed", marked("Asked for on {asked} and marked as not needed on {moved}.")


SAYS = {
    State.NOT_ASKED: _not_asked,
    State.ASKED: _asked,
    State.RECEIVED: _received,
    State.READ: _read,
    State.EXPIRED: _expired,
    State.WITHDRAWN: _withdrawn,
    State.NOT_NEEDED: _not_needed,
}
