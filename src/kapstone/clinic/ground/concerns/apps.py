"""Tells Django of this room."""

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    """Risk items: what was said, who owns it, how long it has waited."""

    name = "kapstone.clinic.ground.concerns"
    label = "concerns"
