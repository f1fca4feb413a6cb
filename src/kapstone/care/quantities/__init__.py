"""Units and moments that cannot be mixed up by mistake."""

from .moments import Instant, elapsed_min, hours, instant, minutes
from .units import Kg, Mg, MgPerKg, MgPerMl, Ml, Quantity, decimal_from, plain

__all__ = [
    "Instant",
    "Kg",
    "Mg",
    "MgPerKg",
    "MgPerMl",
    "Ml",
    "Quantity",
    "decimal_from",
    "elapsed_min",
    "hours",
    "instant",
    "minutes",
    "plain",
]
