"""What every format states. Its numbers are policy lines under `plan.<id>`, so that they are signed with the rest."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `dose_unit` is what a prescriber enters; `release_clock` is what observation counts from."""

    id: str
    place: int
    name: str
    drug: str
    approval: str
    dose_unit: str
    clock_zero: str
    release_clock: str
    stop_means: str
    way_home: str
    source: str
    fixed_doses: bool = False

    @property
    def racemic(self) -> bool:
        """True for racemic ketamine, false for esketamine."""
        return self.drug == "ketamine (racemic)"
