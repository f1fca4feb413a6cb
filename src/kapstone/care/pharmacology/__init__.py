"""Concentrations and effects over time, for every format, from published models; the one room that uses NumPy."""

from .effects import EFFECTS
from .forecasting import (
    FEW,
    PAGE_STEP_MIN,
    UNTIL_MIN,
    Band,
    EffectForecast,
    Forecast,
    Held,
    Outer,
    Series,
    default_models,
    forecast,
    held_against,
)
from .models import model, models
from .models.shape import Model
from .person import Hepatic, Person, Refusal, Renal
from .population import Population, population_task, simulate
from .regimen import Basis, Drug, Given, Regimen, devices, dose

__all__ = [
    "EFFECTS",
    "FEW",
    "PAGE_STEP_MIN",
    "UNTIL_MIN",
    "Band",
    "Basis",
    "Drug",
    "EffectForecast",
    "Forecast",
    "Given",
    "Held",
    "Hepatic",
    "Model",
    "Outer",
    "Person",
    "Population",
    "Refusal",
    "Regimen",
    "Renal",
    "Series",
    "default_models",
    "devices",
    "dose",
    "forecast",
    "held_against",
    "model",
    "models",
    "population_task",
    "simulate",
]
