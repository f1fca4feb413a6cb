"""Medicines by ingredient and class: what the interaction rules match against."""

from .table import Ingredient, ingredients, nearest, recognise
from .taken import lorazepam_equivalent, named, strangers, taken, takes, unrecognised

__all__ = [
    "Ingredient",
    "ingredients",
    "lorazepam_equivalent",
    "named",
    "nearest",
    "recognise",
    "strangers",
    "taken",
    "takes",
    "unrecognised",
]
