"""Internal family systems."""

from .modality import Modality

MODALITY = Modality(
    id="ifs",
    name="Internal family systems",
    known="No randomised trial with ketamine found: the clinician's preference.",
)
