"""One linear solver for every model: x' = Ax + Bu with doses as events, and two ways to the same answer."""

from .solve import Engine, areas, in_numpy, solve, terminal_half_lives_h
from .system import Bolus, Infusion, Output, System

__all__ = ["Bolus", "Engine", "Infusion", "Output", "System", "areas", "in_numpy", "solve", "terminal_half_lives_h"]
