"""A forecast for a dose that somebody entered: bands of concentration and effect, and what they rest on."""

from .defaults import default_models
from .forecast import FEW, PAGE_STEP_MIN, UNTIL_MIN, forecast
from .held import Held, held_against
from .values import Band, EffectForecast, Forecast, Outer, Series, Summary

__all__ = [
    "FEW",
    "PAGE_STEP_MIN",
    "UNTIL_MIN",
    "Band",
    "EffectForecast",
    "Forecast",
    "Held",
    "Outer",
    "Series",
    "Summary",
    "default_models",
    "forecast",
    "held_against",
]
