"""Whether it helped: trajectories, response, remission and the next step."""

from .change import Functional, cut_off, reliable_change_points, responded
from .measures import MEASURES, Measure, measure
from .next_step import Option, next_steps
from .repeated import BadTable, Columns, read_rows
from .table import Lines, Outcome, OutcomeTable, Row, outcome_table
from .trajectory import Point, Trajectory, trajectory

__all__ = [
    "MEASURES",
    "BadTable",
    "Columns",
    "Functional",
    "Lines",
    "Measure",
    "Option",
    "Outcome",
    "OutcomeTable",
    "Point",
    "Row",
    "Trajectory",
    "cut_off",
    "measure",
    "next_steps",
    "outcome_table",
    "read_rows",
    "reliable_change_points",
    "responded",
    "trajectory",
]
