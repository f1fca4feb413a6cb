"""How a dose is drawn up: from which strength, thinned to what volume, given over how long."""

from dataclasses import dataclass
from decimal import Decimal

from kapstone.care.evidence import claim
from kapstone.care.quantities import Mg, MgPerMl, Ml, MlPerH

DEVICE_MG = Decimal(claim("esketamine-devices").figure("mg_per_device"))
"""Milligrams of esketamine in one nasal device, as the claim has it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One preparation. `bag` is the whole volume after thinning, None for what is given as drawn from the vial."""

    strength: MgPerMl | None = None
    bag: Ml | None = None
    over_min: Decimal | None = None

    def drawn(self, mg: Mg) -> Ml | None:
        """What is drawn from the vial."""
        return mg.volume_at(self.strength) if self.strength else None

    def thinned(self, mg: Mg, least_times: Decimal) -> bool:
        """Whether the bag holds at least so many times what was drawn from the vial."""
        drawn = self.drawn(mg)
        return self.bag is not None and drawn is not None and self.bag.value >= drawn.value * least_times

    def rate(self) -> MlPerH | None:
        """What the pump is set to, where a bag runs over some time."""
        return self.bag.within(self.over_min) if self.bag and self.over_min else None

    def why_not(self, mg: Mg) -> str:
        """Why this cannot be prepared so, in a sentence; empty when it can."""
        if self.over_min is not None and self.over_min <= 0:
            return "An infusion takes more than 0 minutes."
        if self.strength is not None and self.strength.value <= 0:
            return "The strength of the vial is more than 0 mg/mL."
        drawn = self.drawn(mg)
        if drawn is not None and drawn.rounded().value == 0:
            return f"This dose is too little to be drawn from {self.strength}: less than 0.01 mL."
        if self.bag is not None and drawn is not None and self.bag < drawn:
            return f"The bag of {self.bag} holds less than the {drawn} that are drawn for this dose."
        return ""
