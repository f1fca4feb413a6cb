"""The codes and units by which monitors name what is measured here. Known, not verified: compare with your monitor's
own list before you match it to a chair.

The numbers of ISO/IEEE 11073-10101 and of LOINC are written from common use, not from a licensed copy.
"""

from kapstone.care.session.signals import SIGNALS

CODES: dict[str, str] = {
    # ISO/IEEE 11073-10101
    "147842": "hr",
    "151562": "rr",
    "150456": "spo2",
    "149530": "pulse",
    "150021": "sbp",
    "150022": "dbp",
    "150023": "map",
    # LOINC
    "8867-4": "hr",
    "9279-1": "rr",
    "59408-5": "spo2",
    "2708-6": "spo2",
    "8480-6": "sbp",
    "8462-4": "dbp",
    "8478-0": "map",
}
"""Code to signal."""

PER_MIN = frozenset({"/min", "1/min", "{beats}/min", "{beat}/min", "{breaths}/min", "bpm", "264864", "264928"})
PERCENT = frozenset({"%", "262688"})
PRESSURE = frozenset({"mm[Hg]", "mmHg", "266016"})

UNITS: dict[str, frozenset[str]] = {"/min": PER_MIN, "%": PERCENT, "mmHg": PRESSURE}
"""Our unit to the ways in which a device may write it. Any other unit is refused, never converted."""


def unit_fits(signal: str, unit: str) -> bool:
    """Whether a unit, as a device wrote it, is the one of this signal."""
    return unit in UNITS.get(SIGNALS[signal].unit, frozenset())
