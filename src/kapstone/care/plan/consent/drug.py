"""The two medicines that ask for a consent of their own: one is used off-label, the other is approved."""

from enum import StrEnum

from kapstone.care.evidence.reasons import marked
from kapstone.care.plan.formats import FORMATS


class Drug(StrEnum):
    """What a consent is about."""

    RACEMIC = "racemic"
    ESKETAMINE = "esketamine"

    @property
    def words(self) -> str:
        """What a patient calls it."""
        return {Drug.RACEMIC: marked("Ketamine"), Drug.ESKETAMINE: marked("Esketamine nasal spray")}[self]


def drug_of(format_id: str) -> Drug:
    """The medicine of a format. KeyError for a format that does not exist."""
    return Drug.RACEMIC if FORMATS[format_id].racemic else Drug.ESKETAMINE
