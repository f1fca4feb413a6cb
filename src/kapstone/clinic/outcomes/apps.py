"""Tells Django of this room."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Scores over time and the next step."""

    name = "kapstone.clinic.outcomes"
    label = "outcomes"
