"""Units and moments that cannot be mixed up by mistake."""

from .moments import Instant, elapsed_min, hours, instant, minutes
from .units import (
    Cm,
    Kg,
    Mg,
    MgHydrochloride,
    MgPerKg,
    MgPerKgPerH,
    MgPerMl,
    Ml,
    MlPerH,
    Quantity,
    decimal_from,
    plain,
)

__all__ = [
    "Cm",
    "Instant",
    "Kg",
    "Mg",
    "MgHydrochloride",
    "MgPerKg",
    "MgPerKgPerH",
    "MgPerMl",
    "Ml",
    "MlPerH",
    "Quantity",
    "decimal_from",
    "elapsed_min",
    "hours",
    "instant",
    "minutes",
    "plain",
]
