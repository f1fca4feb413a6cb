"""What a forecast is made of: bands, never a line alone, each with what made it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kapstone.care.pharmacology.models.expression import Array
from kapstone.care.pharmacology.models.shape import Model
from kapstone.care.pharmacology.person import Person
from kapstone.care.pharmacology.regimen import Regimen


@dataclass(frozen=True, slots=True)
class Band:
    """The typical person and percentiles of everybody drawn; each an array over time, or one number."""

    typical: Array
    p5: Array
    p25: Array
    p50: Array
    p75: Array
    p95: Array

    @property
    def percentiles(self) -> tuple[list[float], ...]:
        """5, 25, 50, 75 and 95 % over time, as plain numbers."""
        return tuple(each.tolist() for each in (self.p5, self.p25, self.p50, self.p75, self.p95))

    def above(self, base: float) -> "Band":
        """The same on top of a baseline."""
        parts = (self.typical, self.p5, self.p25, self.p50, self.p75, self.p95)
        return Band(*(each + base for each in parts))

    def with_error(self, sd: float) -> "Band":
        """The same for readings, whose error has this standard deviation: both widths add as independent ones do."""

        def wider(edge: Array, quantile: float) -> Array:
            width = np.hypot(edge - self.p50, quantile * sd)
            return np.asarray(self.p50 + np.copysign(width, quantile))

        edges = (
            wider(self.p5, -1.645),
            wider(self.p25, -0.674),
            self.p50,
            wider(self.p75, 0.674),
            wider(self.p95, 1.645),
        )
        return Band(self.typical, *edges)


@dataclass(frozen=True, slots=True)
class Outer:
    """What another model, weight or organ says of the same, 5 to 95 %, and why it is shown."""

    why: str
    site: str
    low: Array
    high: Array


@dataclass(frozen=True, slots=True)
class Series:
    """One substance over time in ng/mL, with what its band rests on."""

    id: str
    enantiomer: str
    site: str
    band: Band
    outer: tuple[Outer, ...]
    hatched: bool
    """Whether its spread is borrowed or the model composed: then it is hatched and says so."""
    notes: tuple[str, ...]

    @property
    def key(self) -> str:
        """Its name with the unit."""
        return f"{self.id}_ng_per_ml"


@dataclass(frozen=True, slots=True)
class Summary:
    """Peak, its time, the area to the end of all time, and the slowest half-life, of one substance."""

    cmax_ng_per_ml: Band
    tmax_min: Band
    auc_0_inf_ng_h_per_ml: Band
    half_life_h: Band


@dataclass(frozen=True, slots=True)
class EffectForecast:
    """One effect: over time, or as one share of people. `model` and `site` say of which concentrations."""

    id: str
    title: str
    unit: str
    claim: str
    model: str
    site: str
    over_time: bool
    band: Band
    outer: tuple[Outer, ...] = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    """Everything of one forecast, with the model, its version, the draws and the doubts."""

    model: Model
    person: Person
    regimen: Regimen
    seed: int
    draws: int
    times_min: Array
    beside: tuple[Model, ...]
    """The other models that the outer bands hold."""
    series: Mapping[str, Series]
    summaries: Mapping[str, Summary]
    effects: Mapping[str, EffectForecast]
    without_effects: Mapping[str, str]
    grey: bool
    """Whether the dose or the person lies outside what was studied."""
    warnings: tuple[str, ...]

    @property
    def parent(self) -> Series:
        """The drug itself."""
        return next(iter(self.series.values()))
