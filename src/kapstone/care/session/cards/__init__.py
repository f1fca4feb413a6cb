"""The emergency cards: one file each. They hold no drug doses."""

from .card import Card, Step, cards

__all__ = ["Card", "Step", "cards"]
