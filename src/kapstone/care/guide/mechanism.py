"""How it works, for anybody: three fixed doses that were studied, what is known of the mechanism, and what is not.

The doses are fixed because a public page is no place to try doses out.
"""

from dataclasses import dataclass
from functools import cache

from kapstone.care.pharmacology import (
    PAGE_STEP_MIN,
    UNTIL_MIN,
    Basis,
    Drug,
    Forecast,
    Person,
    Regimen,
    devices,
    dose,
    forecast,
)

ADULT = Person(70, 40)
"""Nobody in particular: 70 kg, 40 years."""

KNOWN = ("mechanism-nmda", "dissociation-iv")
LIKELY = ("mechanism-cascade", "mechanism-opioid", "ketamine-naltrexone")
NOT_KNOWN = ("mechanism-synapses-in-people", "mechanism-window", "mechanism-no-dose-for-relief", "integration-timing")
"""Claims by how far the matter is settled; each also says how sure the field is."""


@dataclass(frozen=True, slots=True)
class Example:
    """One dose of a study or label, with what a model makes of it."""

    id: str
    title: str
    studied: str
    forecast: Forecast

    @property
    def receptors_of_ten(self) -> tuple[float, float, float]:
        """Of ten NMDA receptors, how many are occupied at most: the middle, and 5 to 95 %."""
        band = self.forecast.effects["receptor_occupancy"].band
        return float(band.p50.max()) / 10, float(band.p5.max()) / 10, float(band.p95.max()) / 10

    @property
    def peak_min(self) -> float:
        """When most is in the blood of a typical person."""
        return float(self.forecast.summaries[self.forecast.parent.id].tmax_min.typical)


@cache
def examples() -> tuple[Example, ...]:
    """The three examples; worked out once, because they never change."""
    given: tuple[tuple[str, str, str, Regimen], ...] = (
        (
            "vein",
            "Ketamine into a vein: 0.5 mg for each kg, over 40 minutes",
            "The dose of most trials in depression.",
            dose(Drug.KETAMINE, Basis.BASE, "iv", 0.5 * ADULT.weight_kg, 40),
        ),
        (
            "spray",
            "Esketamine spray into the nose: 84 mg, three devices",
            "A dose on the label for depression.",
            devices(Drug.ESKETAMINE, Basis.BASE, "in-esketamine", 3, 28, 5),
        ),
        (
            "film",
            "Esketamine film under the tongue: 50 mg",
            "Studied in 20 healthy volunteers; no product for depression.",
            dose(Drug.ESKETAMINE, Basis.BASE, "sl", 50, 0),
        ),
    )
    return tuple(
        Example(
            id,
            title,
            studied,
            forecast(ADULT, regimen, until_min=UNTIL_MIN, step_min=PAGE_STEP_MIN, effects=("receptor_occupancy",)),
        )
        for id, title, studied, regimen in given
    )
