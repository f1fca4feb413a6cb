"""Acceptance and commitment therapy."""

from .modality import Modality

MODALITY = Modality(
    id="act",
    name="Acceptance and commitment therapy",
    known="No randomised trial with ketamine found: the clinician's preference.",
)
