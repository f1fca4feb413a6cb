"""EMDR."""

from .modality import Modality

MODALITY = Modality(
    id="emdr",
    name="EMDR",
    known="No randomised trial with ketamine found: the clinician's preference. No reprocessing on a dose day.",
)
