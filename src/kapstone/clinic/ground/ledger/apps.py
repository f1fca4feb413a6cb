"""Tells Django of this room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Who did what, in a chain that shows tampering."""

    name = "kapstone.clinic.ground.ledger"
    label = "ledger"
