"""The drug register: every vial, device and tablet by itself, from the door to the last drop."""

from .entry import KINDS, Entry, Kind, Made, Shape
from .rules import Use, why_not_draw, why_not_return, why_not_witness
from .stock import Container, Difference, Stock, stock

__all__ = [
    "KINDS",
    "Container",
    "Difference",
    "Entry",
    "Kind",
    "Made",
    "Shape",
    "Stock",
    "Use",
    "stock",
    "why_not_draw",
    "why_not_return",
    "why_not_witness",
]
