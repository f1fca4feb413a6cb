"""Who is evaluated, for what, and how ill they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from kapstone.care.evidence import marked

from .asking import Ask, Kind, Who, choice, day, number, yes_no
from .trial import Trial

DIAGNOSES = ("mdd", "bipolar", "other")
INDICATIONS = ("trd", "mdsi")
PHQ_9 = Ask(kind=Kind.POINTS, words=marked("PHQ-9"), who=Who.PATIENT)
TRIALS = Ask(
    kind=Kind.TRIALS,
    words=marked("treatments of this episode, with dose, weeks and improvement"),
    who=Who.PATIENT,
)


@dataclass(frozen=True, kw_only=True)
class Person:
    """The person and the illness. `phq9` holds link id to points; `trials` is () for "none so far"."""

    birth_date: date | None = day(marked("date of birth"), Who.PATIENT)
    evaluated_on: date | None = day(marked("day of the evaluation"), Who.CLINICIAN)
    height_cm: Decimal | None = number(marked("height"), Who.PATIENT, 100, 250, "cm")
    weight_kg: Decimal | None = number(marked("weight"), Who.PATIENT, 25, 350, "kg")
    diagnosis_confirmed: bool | None = yes_no(marked("diagnosis confirmed by a clinician"), Who.CLINICIAN)
    diagnosis: str | None = choice(marked("diagnosis"), Who.CLINICIAN, DIAGNOSES)
    indication: str | None = choice(
        marked("indication of esketamine: resistant depression, or depression with acute suicidal thoughts"),
        Who.CLINICIAN,
        INDICATIONS,
    )
    oral_antidepressant: bool | None = yes_no(marked("an antidepressant by mouth beside it"), Who.CLINICIAN)
    phq9: Mapping[str, int | None] = field(default_factory=lambda: MappingProxyType({}), metadata={"ask": PHQ_9})
    madrs: Decimal | None = number(marked("MADRS total"), Who.CLINICIAN, 0, 60, "points")
    trials: tuple[Trial, ...] | None = field(default=None, metadata={"ask": TRIALS})
    audit: Decimal | None = number(marked("AUDIT total"), Who.CLINICIAN, 0, 40, "points")
    dast10: Decimal | None = number(marked("DAST-10 total"), Who.CLINICIAN, 0, 10, "points")
    pcl5: Decimal | None = number(marked("PCL-5 total"), Who.CLINICIAN, 0, 80, "points")
    gad7: Decimal | None = number(marked("GAD-7 total"), Who.CLINICIAN, 0, 21, "points")
    asq_positive: bool | None = yes_no(marked("ASQ, any of the first four questions"), Who.PATIENT)
    asq_acute: bool | None = yes_no(marked("ASQ, acute question"), Who.PATIENT)
    clinician_urgent_flag: bool | None = yes_no(marked("whether a clinician is worried now"), Who.CLINICIAN)
    suicidality_assessed_on: date | None = day(marked("day of the last assessment of suicidality"), Who.CLINICIAN)
    suicidality_unchanged: bool | None = yes_no(
        marked("suicidal thoughts known, and unchanged since they were assessed"), Who.CLINICIAN
    )

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

    @property
    def bmi(self) -> Decimal | None:
        """Body mass index in kg/m², unrounded; None when height or weight is not known."""
        if self.height_cm is None or self.weight_kg is None:
            return None
        metres = self.height_cm / 100
        return self.weight_kg / (metres * metres)
