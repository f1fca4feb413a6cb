"""Tells Django of this room."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """Consent, the course, its orders and the bookings it asks for."""

    name = "kapstone.clinic.plan"
    label = "plan"
