"""What every format states of itself in words.

Its numbers are claims, and policy lines under `plan.<id>` that are signed with the rest; `sheet.py` reads them all.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format. `dose_unit` is what a prescriber usually enters; `release_clock` is what observation counts from.

    `fasting` names claims or policy lines. `rests` are the ways in which what was not absorbed may go, and each
    changes the dose, so that it is asked and never assumed. `home` says in words what a dose at home would need, and
    is empty for a format that is never given there. `drawn` is True where a syringe is drawn up from a vial.
    """

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
    weight_basis: str
    range_claim: str
    fasting: tuple[str, ...]
    source: str
    pattern_claim: str = ""
    rests: tuple[str, ...] = ()
    home: str = ""
    fixed_doses: bool = False
    drawn: bool = False

    @property
    def racemic(self) -> bool:
        """True for racemic ketamine, false for esketamine."""
        return self.drug == "ketamine (racemic)"
