"""Medical clearance: which tests there are, how each stands on a day, and what a result that was read fills."""

from .family import clearance_test, clearance_tests
from .filling import filled
from .kind import BadResult, ClearanceTest, Pressure, Reading, Value, ValueKind
from .lifecycle import TRANSITIONS, Did, State, after, allowed, why_not
from .standing import Order, Standing, Step, day_in, standing
from .values import plain_result, read_result

__all__ = [
    "TRANSITIONS",
    "BadResult",
    "ClearanceTest",
    "Did",
    "Order",
    "Pressure",
    "Reading",
    "Standing",
    "State",
    "Step",
    "Value",
    "ValueKind",
    "after",
    "allowed",
    "clearance_test",
    "clearance_tests",
    "day_in",
    "filled",
    "plain_result",
    "read_result",
    "standing",
    "why_not",
]
