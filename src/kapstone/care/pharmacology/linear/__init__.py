"""One linear solver for every model: x' = Ax + Bu with doses as events, and two ways to the same answer."""

from .solve import areas, solve, terminal_half_life_h
from .system import Bolus, Infusion, Output, System

__all__ = ["Bolus", "Infusion", "Output", "System", "areas", "solve", "terminal_half_life_h"]
