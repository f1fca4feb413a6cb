"""Charts as accessible SVG, drawn on the server from plain values; colours come from the stylesheet's classes."""

from .draw import SHAPES, dots, shape
from .scores import PHQ9_BANDS, Band, ScorePoint, score_chart, score_table
from .vitals import Dose, Limit, Reading, SignalGap, dose_marks, vitals_chart, vitals_table

__all__ = [
    "PHQ9_BANDS",
    "SHAPES",
    "Band",
    "Dose",
    "Limit",
    "Reading",
    "ScorePoint",
    "SignalGap",
    "dose_marks",
    "dots",
    "score_chart",
    "score_table",
    "shape",
    "vitals_chart",
    "vitals_table",
]
