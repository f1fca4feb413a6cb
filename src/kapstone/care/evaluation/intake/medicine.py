"""One medicine that is taken now, as the patient or the pharmacy list names it."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicine:
    """A medicine. `checked` is a clinician's word that a name which the table does not know was looked up."""

    name: str
    daily_mg: Decimal | None = None
    checked: bool | None = None
