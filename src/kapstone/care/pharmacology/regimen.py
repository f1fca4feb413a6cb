"""A dose as it is entered: which drug, in what it is counted, how much, when and for how long. Nothing is assumed."""

from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf

KETAMINE_G_PER_MOL = 237.73
HYDROCHLORIDE_G_PER_MOL = 36.46
BASE_IN_SALT = KETAMINE_G_PER_MOL / (KETAMINE_G_PER_MOL + HYDROCHLORIDE_G_PER_MOL)
"""28 mg of base are 32.3 mg of hydrochloride, 50 mg are 57.7 mg: the labels' own pairs, held by a test."""


class Drug(StrEnum):
    """What is given. Half of racemic ketamine is esketamine, so a dose means nothing without it."""

    KETAMINE = "ketamine"
    ESKETAMINE = "esketamine"


class Basis(StrEnum):
    """What the milligrams count."""

    BASE = "base"
    HYDROCHLORIDE = "hydrochloride"


@dataclass(frozen=True, slots=True)
class Given:
    """One part of a dose: `mg` of base from `at_min` on, over so many minutes; 0 is at once."""

    at_min: float
    mg: float
    over_min: float = 0.0
    device: int = 1

    def __post_init__(self) -> None:
        if not (self.mg > 0 and self.over_min >= 0 and self.at_min >= 0 and self.device >= 1):
            raise ValueError(
                f"A dose of {self.mg:g} mg over {self.over_min:g} min at minute {self.at_min:g} is none; "
                "milligrams are more than 0, and no time is below 0."
            )


@dataclass(frozen=True, slots=True)
class Regimen:
    """Everything of one session: the drug, the route by a format's id, and the parts in order. `mg` is of base."""

    drug: Drug
    route: str
    parts: tuple[Given, ...]
    cut_short: bool = False
    """Whether it was stopped: then a small amount is no slip of a unit."""

    def __post_init__(self) -> None:
        if not self.parts:
            raise ValueError("A dose has at least one part.")

    @property
    def mg(self) -> float:
        """The whole dose in milligrams of base."""
        return sum(one.mg for one in self.parts)

    @property
    def ends_min(self) -> float:
        """When the last part is in."""
        return max(one.at_min + one.over_min for one in self.parts)

    @property
    def fastest_mg_per_min(self) -> float:
        """The highest rate of any part; endless for what is in at once."""
        return max(one.mg / one.over_min if one.over_min else inf for one in self.parts)

    def stopped(self, at_min: float) -> "Regimen":
        """What was given when everything stops at this minute. ValueError where that is nothing."""
        parts = tuple(_until(one, at_min) for one in self.parts if one.at_min < at_min)
        return replace(self, parts=parts, cut_short=True)

    def shortened(self) -> "Regimen":
        """The same, marked as cut short."""
        return replace(self, cut_short=True)

    def times(self, share: float) -> "Regimen":
        """The same with so many times the milligrams of each part."""
        return replace(self, parts=tuple(replace(one, mg=one.mg * share) for one in self.parts))

    def changed(self, at_min: float, mg_per_min: float) -> "Regimen":
        """The same with another rate from this minute to the end of each infusion that runs then."""
        parts: list[Given] = []
        for one in self.parts:
            end = one.at_min + one.over_min
            if one.at_min < at_min < end:
                parts += [_until(one, at_min), Given(at_min, mg_per_min * (end - at_min), end - at_min, one.device)]
            else:
                parts.append(one)
        return replace(self, parts=tuple(parts))


def dose(drug: Drug, basis: Basis, route: str, mg: float, over_min: float, at_min: float = 0.0) -> Regimen:
    """One dose in one go; `mg` as `basis` counts them. ValueError where it is no dose."""
    return Regimen(drug, route, (Given(at_min, mg * _share(basis), over_min),))


def devices(drug: Drug, basis: Basis, route: str, count: int, device_mg: float, gap_min: float) -> Regimen:
    """So many equal devices, one every `gap_min` minutes."""
    mg = device_mg * _share(basis)
    return Regimen(drug, route, tuple(Given(n * gap_min, mg, 0.0, n + 1) for n in range(count)))


def _share(basis: Basis) -> float:
    return BASE_IN_SALT if basis is Basis.HYDROCHLORIDE else 1.0


def _until(one: Given, at_min: float) -> Given:
    end = one.at_min + one.over_min
    if end <= at_min or not one.over_min:
        return one
    passed = at_min - one.at_min
    return replace(one, mg=one.mg * passed / one.over_min, over_min=passed)
