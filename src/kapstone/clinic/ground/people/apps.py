"""Tells Django of this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Clinics, people, roles, patients, keys and the one table of who may do what."""

    name = "kapstone.clinic.ground.people"
    label = "people"
