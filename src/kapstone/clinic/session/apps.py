"""Tells Django of this room."""

from django.apps import AppConfig


class SessionConfig(AppConfig):
    """The live treatment session and its record."""

    name = "kapstone.clinic.session"
    label = "session"
