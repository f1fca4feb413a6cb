"""A dose as it was typed, in any of three units and as base or salt, and the same dose said back in all of them.

Nothing is guessed: millilitres without a strength, or milligrams per kilogram without a weight, are refused in a
sentence. All amounts inside the program are milligrams of base, as labels count them.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kapstone.care.evidence import claim
from kapstone.care.quantities import Kg, Mg, MgHydrochloride, MgPerKg, MgPerMl, Ml


class Unit(StrEnum):
    """What the typed amount counts."""

    MG = "mg"
    MG_PER_KG = "mg/kg"
    ML = "mL"


@dataclass(frozen=True, slots=True)
class Entered:
    """What was typed. `strength` is the vial's, in base; `salt` says that the amount counts hydrochloride."""

    amount: Decimal
    unit: Unit
    strength: MgPerMl | None = None
    salt: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One dose in every way in which it is read: total, for the weight, as a volume, and as salt."""

    mg: Mg
    mg_per_kg: MgPerKg
    hydrochloride: MgHydrochloride
    volume: Ml | None = None


def entered(what: Entered, weight: Kg) -> Said:
    """The dose that was typed, in milligrams of base and in every other way. ValueError says what is missing."""
    if what.amount <= 0:
        raise ValueError("The dose is more than 0.")
    if weight.value <= 0:
        raise ValueError("The weight is more than 0 kg.")
    if what.strength is not None and what.strength.value <= 0:
        raise ValueError("The strength of the vial is more than 0 mg/mL.")
    mg = _base(what, weight)
    return Said(mg, mg.per(weight), hydrochloride_of(mg), mg.volume_at(what.strength) if what.strength else None)


def _base(what: Entered, weight: Kg) -> Mg:
    if what.unit is Unit.ML:
        if what.strength is None:
            raise ValueError("Millilitres say nothing without the strength of the vial; give it in mg/mL of base.")
        if what.salt:
            raise ValueError("A volume is counted at the strength of the label, which is base; untick the salt.")
        return Ml(what.amount).holding(what.strength)
    mg = Mg(what.amount) if what.unit is Unit.MG else MgPerKg(what.amount).for_weight(weight)
    return base_of(MgHydrochloride(mg.value)) if what.salt else mg


def hydrochloride_of(mg: Mg) -> MgHydrochloride:
    """The salt that holds so much base, by the label's pair."""
    label = claim("ketalar-base-and-salt")
    return MgHydrochloride(mg.value * label.figure("hydrochloride_mg") / label.figure("base_mg"))


def base_of(salt: MgHydrochloride) -> Mg:
    """The base in so much salt, by the label's pair."""
    label = claim("ketalar-base-and-salt")
    return Mg(salt.value * label.figure("base_mg") / label.figure("hydrochloride_mg"))
