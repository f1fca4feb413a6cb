"""Amounts with their unit in the type, on Decimal.

One rounding rule for the whole program: half away from zero, to the places that the unit states, and only
when a value is shown or ordered. A float is refused, because 0.1 is not 0.1.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar, Self

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
MINUTES_PER_HOUR = 60
CM_PER_INCH = Decimal("2.54")
LARGEST = Decimal(10) ** 12
"""Beyond every amount in care; larger ones would overflow where they are rounded."""


def decimal_from(value: object) -> Decimal:
    """An exact, finite Decimal from text, int or Decimal. Raises ValueError with a sentence."""
    if isinstance(value, bool | float) or not isinstance(value, str | int | Decimal):
        raise ValueError(f"{value!r} is not an exact number; give text, a whole number or a Decimal.")
    text = str(value).strip()
    if not NUMBER.fullmatch(text):
        raise ValueError(f"“{text[:40]}” is not a number; write digits, such as 70 or 70.5.")
    number = Decimal(text)
    if abs(number) >= LARGEST:
        raise ValueError(f"“{text[:40]}” is too large to be an amount.")
    return number


def plain(number: Decimal) -> str:
    """A number without the zeros that say nothing: 4.000 is 4, 0.50 is 0.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """A finite amount. Two quantities of different units can be neither compared nor added."""

    value: Decimal
    unit: ClassVar[str] = ""
    places: ClassVar[int] = 1

    def __post_init__(self) -> None:
        if not isinstance(self.value, Decimal) or not self.value.is_finite():
            raise ValueError(f"{self.value!r} is not a finite Decimal; read it with {type(self).__name__}.of.")

    @classmethod
    def of(cls, value: object) -> Self:
        """Reads text, an int or a Decimal; ValueError says what is wrong."""
        return cls(decimal_from(value))

    def rounded(self) -> Self:
        """Half away from zero to this unit's places."""
        return type(self)(self.value.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP))

    def __str__(self) -> str:
        return f"{plain(self.rounded().value)} {self.unit}"

    def __add__(self, other: Self) -> Self:
        if type(other) is not type(self):
            raise TypeError(f"{self.unit} cannot be added to {getattr(other, 'unit', other)!r}.")
        return type(self)(self.value + other.value)


class Mg(Quantity):
    """Milligrams of base."""

    unit = "mg"
    places = 1
    __slots__ = ()

    def per(self, weight: "Kg") -> "MgPerKg":
        """This dose spread over a body weight."""
        return MgPerKg(self.value / weight.value)

    def volume_at(self, strength: "MgPerMl") -> "Ml":
        """The volume that holds this dose at a concentration."""
        return Ml(self.value / strength.value)


class Kg(Quantity):
    """Kilograms of body weight."""

    unit = "kg"
    places = 1
    __slots__ = ()


class MgPerKg(Quantity):
    """Milligrams of base for each kilogram of body weight."""

    unit = "mg/kg"
    places = 3
    __slots__ = ()

    def for_weight(self, weight: Kg) -> Mg:
        """The absolute dose for a body weight."""
        return Mg(self.value * weight.value)

    def within(self, minutes: Decimal) -> "MgPerKgPerH":
        """The pace at which this dose runs in so many minutes."""
        return MgPerKgPerH(self.value * MINUTES_PER_HOUR / minutes)


class Ml(Quantity):
    """Millilitres."""

    unit = "mL"
    places = 2
    __slots__ = ()

    def holding(self, strength: "MgPerMl") -> Mg:
        """The dose that this volume holds at a concentration."""
        return Mg(self.value * strength.value)

    def within(self, minutes: Decimal) -> "MlPerH":
        """The pump's rate that empties this volume in so many minutes."""
        return MlPerH(self.value * MINUTES_PER_HOUR / minutes)


class MgPerMl(Quantity):
    """Milligrams of base in a millilitre."""

    unit = "mg/mL"
    places = 1
    __slots__ = ()


class MgHydrochloride(Quantity):
    """Milligrams of the hydrochloride, the salt that is in the vial. Labels count base."""

    unit = "mg of hydrochloride"
    places = 1
    __slots__ = ()


class Cm(Quantity):
    """Centimetres of body height."""

    unit = "cm"
    places = 1
    __slots__ = ()

    @property
    def inches(self) -> Decimal:
        """The same length in inches, by definition of the inch."""
        return self.value / CM_PER_INCH


class MgPerKgPerH(Quantity):
    """Milligrams of base for each kilogram in an hour: the pace of an infusion."""

    unit = "mg/kg an hour"
    places = 2
    __slots__ = ()


class MlPerH(Quantity):
    """Millilitres an hour: what a pump is set to."""

    unit = "mL/h"
    places = 1
    __slots__ = ()
