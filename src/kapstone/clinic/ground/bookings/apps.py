"""Tells Django of this room."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    """Times in rooms with people."""

    name = "kapstone.clinic.ground.bookings"
    label = "bookings"
