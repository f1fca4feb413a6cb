"""Tells Django of the roof, and refuses to start when a route does not say who may."""

from django.apps import AppConfig
from django.core.checks import register


class ConfigConfig(AppConfig):
    """The roof."""

    name = "kapstone.clinic.config"
    label = "config"

    def ready(self) -> None:
        """Registers the start-up checks."""
        from kapstone.clinic.config.checks import routes_declare_who_may

        register(routes_declare_who_may)
