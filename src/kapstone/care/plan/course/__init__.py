"""A course in time: its days, each dose's window, what is looked at when, its spacing, and its end."""

from .dates import Gaps, Window, dosing_dates, gap_days, gaps_each, gaps_of, in_window, integration_window
from .ending import END_STATES, CourseState, EndState, course_state
from .looks import Look, looks
from .maintenance import Gain, Spacing, spacings
from .rethink import RETHINK, why_rethink

__all__ = [
    "END_STATES",
    "RETHINK",
    "CourseState",
    "EndState",
    "Gain",
    "Gaps",
    "Look",
    "Spacing",
    "Window",
    "course_state",
    "dosing_dates",
    "gap_days",
    "gaps_each",
    "gaps_of",
    "in_window",
    "integration_window",
    "looks",
    "spacings",
    "why_rethink",
]
