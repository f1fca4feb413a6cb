"""Somatic work."""

from .modality import Modality

MODALITY = Modality(
    id="somatic",
    name="Somatic work",
    known="No randomised trial with ketamine found: the clinician's preference.",
)
