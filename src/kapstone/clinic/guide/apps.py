"""Tells Django of this room."""

from django.apps import AppConfig


class GuideConfig(AppConfig):
    """The public room: the guide, the enquiry and what a front desk makes of it."""

    name = "kapstone.clinic.guide"
    label = "guide"
