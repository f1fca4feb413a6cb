"""What a kind of event is to the fold: a function of the state and one event that says what is odd about it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kapstone.care.session.event import Event

if TYPE_CHECKING:
    from kapstone.care.session.fold import SessionState

Handler = Callable[["SessionState", Event], str | None]

UNREADABLE = "This line could not be read: something in it is missing or not a number."
BROKEN = (KeyError, ValueError, TypeError, AttributeError)


def attempt(handler: Handler, state: "SessionState", event: Event) -> str:
    """Applies an event; returns what is odd about it, or nothing."""
    try:
        return handler(state, event) or ""
    except BROKEN:
        return UNREADABLE


def plain(state: "SessionState", event: Event) -> None:
    """A kind that only stands in the record, or only moves the phase."""
