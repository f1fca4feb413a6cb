"""Medicines by ingredient and class: what the interaction rules match against."""

from .table import Ingredient, ingredients, recognise
from .taken import strangers, taken, takes, unrecognised

__all__ = ["Ingredient", "ingredients", "recognise", "strangers", "taken", "takes", "unrecognised"]
