"""Medicines by ingredient and class: what the interaction rules match against."""

from .table import Ingredient, Reading, ingredients, nearest, read_name, recognise
from .taken import benzodiazepines_compared, lorazepam_equivalent, named, strangers, taken, takes, unrecognised

__all__ = [
    "Ingredient",
    "Reading",
    "benzodiazepines_compared",
    "ingredients",
    "lorazepam_equivalent",
    "named",
    "nearest",
    "read_name",
    "recognise",
    "strangers",
    "taken",
    "takes",
    "unrecognised",
]
