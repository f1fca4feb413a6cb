"""Tells Django of this room."""

from django.apps import AppConfig


class IntegrationConfig(AppConfig):
    """Journal, integration visits and the inbox of concerns."""

    name = "kapstone.clinic.integration"
    label = "integration"
