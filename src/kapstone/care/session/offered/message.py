"""What a device offered at one moment, and the bounds within which anything is read at all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kapstone.care.quantities import Instant

MOST_BYTES = 65_536
"""A longer message is not read."""

MOST_VALUES = 64
"""More values than this stand in no message of a bedside monitor."""

MOST_SETS = 64
"""So many chairs at most in one message of a gateway."""

NUMBER = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,4})?")
"""A plain number: digits and a point. No exponent, no space, no sign but a minus, no word such as NaN."""

SERIAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,63}")
"""The serial number of a device, as its label has it."""


class Unreadable(ValueError):
    """One sentence that says what in a message is wrong and what would be right. It never repeats the message."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Values of one device. `at` is the device's own time, None where it gave none that can be placed.

    `left` says how many values were in the message that this program does not know.
    """

    device: str
    at: Instant | None
    values: Mapping[str, Decimal]
    left: int = 0


def plain_number(text: str) -> Decimal:
    """A number as a device writes it. Unreadable for anything that is not digits and a point."""
    if not NUMBER.fullmatch(text):
        raise Unreadable("A value is no plain number; send digits and at most one point.")
    value = Decimal(text)
    if value < 0 or (value == 0 and text.startswith("-")):
        raise Unreadable("A value is below 0; no signal here can be.")
    return value


def serial_of(text: str) -> str:
    """A serial number. Unreadable where it is missing or holds what no label has."""
    if not SERIAL.fullmatch(text):
        raise Unreadable("The device's serial number is missing, or holds more than letters, digits and : . _ -")
    return text
