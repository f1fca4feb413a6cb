"""The ui room: the look of every page, with its layouts, parts, icons and charts."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Brings templates, static files and template tags; it has no models."""

    name = "kapstone.clinic.ground.ui"
    label = "ui"
