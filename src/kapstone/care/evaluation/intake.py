"""What the evaluation asks and what was answered. None is "not answered" and never "no"."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

DIAGNOSES = ("mdd", "bipolar", "other")


class BadIntake(ValueError):
    """One sentence that names the field and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One treatment of the current episode. Response in percent of the baseline score."""

    drug: str
    weeks: int | None = None
    adequate_dose: bool | None = None
    response_percent: int | None = None
    stopped_for_side_effects: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """The answers that the rules read. `phq9` holds link id to points; `trials` is () for "none so far"."""

    birth_date: date | None = None
    evaluated_on: date | None = None
    diagnosis_confirmed: bool | None = None
    diagnosis: str | None = None
    phq9: Mapping[str, int | None] = field(default_factory=lambda: MappingProxyType({}))
    trials: tuple[Trial, ...] | None = None
    psychosis_current: bool | None = None
    mania_current: bool | None = None
    aneurysm_or_avm: bool | None = None
    intracerebral_haemorrhage: bool | None = None
    hypersensitivity: bool | None = None
    heart_event_12_months: bool | None = None
    raised_icp: bool | None = None
    hypertension_uncontrolled: bool | None = None
    pregnant: bool | None = None
    breastfeeding: bool | None = None
    could_become_pregnant: bool | None = None
    last_pregnancy_test: date | None = None
    substance_use_disorder_active: bool | None = None
    ketamine_misuse: bool | None = None
    opioid_use_disorder: bool | None = None
    bladder_symptoms: bool | None = None
    theophylline: bool | None = None
    benzodiazepine: bool | None = None
    maoi: bool | None = None
    stimulant: bool | None = None
    glp1_agonist: bool | None = None
    dementia_or_delirium: bool | None = None
    asq_acute: bool | None = None
    clinician_urgent_flag: bool | None = None
    rems_enrolled: bool | None = None
    site_rems_certified: bool | None = None
    consent_signed: bool | None = None
    capacity_documented: bool | None = None

    def __post_init__(self) -> None:
        """BadIntake for dates that cannot be true."""
        for name in ("birth_date", "last_pregnancy_test"):
            day = getattr(self, name)
            if day is not None and self.evaluated_on is not None and day > self.evaluated_on:
                raise BadIntake(f"{name} is {day}, after evaluated_on {self.evaluated_on}; give an earlier day.")

    @property
    def age_years(self) -> int | None:
        """Whole years on the day of the evaluation; None when either day is not known."""
        if self.birth_date is None or self.evaluated_on is None:
            return None
        had_birthday = (self.evaluated_on.month, self.evaluated_on.day) >= (
            self.birth_date.month,
            self.birth_date.day,
        )
        return self.evaluated_on.year - self.birth_date.year - (0 if had_birthday else 1)
