"""Charts as accessible SVG, drawn on the server from plain values; colours come from the stylesheet's classes."""

from .draw import SHAPES, dots, shape
from .forecast import (
    Edge,
    Moment,
    Picture,
    Spread,
    forecast_chart,
    forecast_columns,
    forecast_table,
    swatch,
    swatches,
)
from .scores import PHQ9_BANDS, Band, ScorePoint, score_chart, score_table
from .vitals import Dose, Limit, Reading, SignalGap, dose_marks, vitals_chart, vitals_table

__all__ = [
    "PHQ9_BANDS",
    "SHAPES",
    "Band",
    "Dose",
    "Edge",
    "Limit",
    "Moment",
    "Picture",
    "Reading",
    "ScorePoint",
    "SignalGap",
    "Spread",
    "dose_marks",
    "dots",
    "forecast_chart",
    "forecast_columns",
    "forecast_table",
    "score_chart",
    "score_table",
    "shape",
    "swatch",
    "swatches",
    "vitals_chart",
    "vitals_table",
]
