"""One treatment of the current episode that was tried, as it is told and completed."""

from dataclasses import dataclass
from decimal import Decimal

TRIAL_KINDS = ("antidepressant", "augmentation", "psychotherapy", "ect", "tms")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A trial. `daily_mg` is the highest dose that was held; response in percent of the baseline score.

    `adequate_dose` is a clinician's word on a dose that the table of minimum effective doses cannot judge.
    """

    drug: str
    kind: str = "antidepressant"
    daily_mg: Decimal | None = None
    weeks: int | None = None
    taken_as_prescribed: bool | None = None
    adequate_dose: bool | None = None
    response_percent: int | None = None
    stopped_for_side_effects: bool | None = None
