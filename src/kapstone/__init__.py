"""Kapstone runs ketamine-assisted therapy for depression from end to end."""

__version__ = "0.1.0"
