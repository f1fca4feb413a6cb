"""What each kind of event does to the state of a session, by what it is about."""

from . import dosed, measured, watched
from .kind import BROKEN, UNREADABLE, Handler, attempt

HANDLERS: dict[str, Handler] = {**dosed.HANDLERS, **measured.HANDLERS, **watched.HANDLERS}
"""Every kind of event that this version knows."""

__all__ = ["BROKEN", "HANDLERS", "UNREADABLE", "Handler", "attempt"]
