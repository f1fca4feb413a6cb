"""Supportive conversation."""

from .modality import Modality

MODALITY = Modality(
    id="supportive",
    name="Supportive conversation",
    known="No randomised trial with ketamine found: the clinician's preference.",
)
