"""What is taken now, what was tested, and what is found on the day of a dose."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kapstone.care.evidence import marked

from .asking import Ask, Kind, Who, day, number, yes_no
from .medicine import Medicine

MEDICINES = Ask(kind=Kind.MEDICINES, words=marked("medicines taken now, by name"), who=Who.PATIENT)
PRESSURES = Ask(kind=Kind.PRESSURES, words=marked("the last three blood pressures"), who=Who.TEST)
TEST, TODAY, CLINICIAN = Who.TEST, Who.DOSE_DAY, Who.CLINICIAN


@dataclass(frozen=True, kw_only=True)
class Tests:
    """Medicines and results. Liver values are multiples of the laboratory's own upper limit (ULN)."""

    medicines: tuple[Medicine, ...] | None = field(default=None, metadata={"ask": MEDICINES})
    pressures: tuple[tuple[int, int], ...] | None = field(default=None, metadata={"ask": PRESSURES})
    last_pregnancy_test: date | None = day(marked("last negative pregnancy test"), TEST)
    urine_screen_on: date | None = day(marked("day of the urine drug screen"), TEST)
    urine_screen_unexplained: bool | None = yes_no(
        marked("urine screen positive, other than for THC alone, and not explained by a prescription"), TEST
    )
    ecg_on: date | None = day(marked("day of the ECG"), TEST)
    qtc_ms: Decimal | None = number(marked("QTc"), TEST, 300, 700, "ms")
    liver_panel_on: date | None = day(marked("day of the liver panel"), TEST)
    alt_uln: Decimal | None = number(marked("ALT"), TEST, 0, 200, "× ULN")
    ast_uln: Decimal | None = number(marked("AST"), TEST, 0, 200, "× ULN")
    alp_uln: Decimal | None = number(marked("ALP"), TEST, 0, 200, "× ULN")
    ggt_uln: Decimal | None = number(marked("GGT"), TEST, 0, 200, "× ULN")
    bilirubin_uln: Decimal | None = number(marked("bilirubin"), TEST, 0, 200, "× ULN")
    pdmp_on: date | None = day(marked("day of the prescription monitoring query"), TEST)


@dataclass(frozen=True, kw_only=True)
class DoseDay:
    """What is asked or measured on the day, and what must be signed. Minutes count back from now."""

    consent_signed: bool | None = yes_no(marked("consent signed"), CLINICIAN)
    capacity_documented: bool | None = yes_no(marked("capacity documented"), CLINICIAN)
    rems_enrolled: bool | None = yes_no(marked("REMS enrolment of the patient"), CLINICIAN)
    site_rems_certified: bool | None = yes_no(marked("REMS certification of the site"), CLINICIAN)
    format_limit_signed: bool | None = yes_no(
        marked("whether a director signed the hard limit of this format"), CLINICIAN
    )
    prescriber_and_oximeter: bool | None = yes_no(marked("a prescriber and a pulse oximeter on site"), TODAY)
    systolic_mmhg: Decimal | None = number(marked("systolic pressure before the dose"), TODAY, 50, 260, "mmHg")
    diastolic_mmhg: Decimal | None = number(marked("diastolic pressure before the dose"), TODAY, 20, 160, "mmHg")
    pulse_per_min: Decimal | None = number(marked("pulse before the dose"), TODAY, 20, 250, "/min")
    spo2_percent: Decimal | None = number(marked("oxygen saturation before the dose"), TODAY, 50, 100, "%")
    spo2_usual_percent: Decimal | None = number(marked("usual oxygen saturation"), TODAY, 50, 100, "%")
    breaths_per_min: Decimal | None = number(marked("breaths before the dose"), TODAY, 1, 60, "/min")
    intoxicated_today: bool | None = yes_no(marked("alcohol, cannabis or a sedative today"), TODAY)
    alcohol_24_hours: bool | None = yes_no(marked("alcohol in the last 24 hours"), TODAY)
    nasal_spray_min: Decimal | None = number(
        marked("time since a steroid or decongestant nose spray"), TODAY, 0, 10080, "min"
    )
    food_min: Decimal | None = number(marked("time since food"), TODAY, 0, 10080, "min")
    fatty_meal: bool | None = yes_no(marked("whether the last meal was fatty"), TODAY)
    drink_min: Decimal | None = number(marked("time since a drink"), TODAY, 0, 10080, "min")
    gut_symptoms_today: bool | None = yes_no(marked("nausea, vomiting, bloating or belly pain today"), TODAY)
    escort_confirmed: bool | None = yes_no(marked("an adult who takes the patient home"), TODAY)
    transport_arranged: bool | None = yes_no(marked("arranged transport home"), TODAY)
    vial_mg_per_ml: Decimal | None = number(marked("concentration of the vial"), TODAY, 1, 200, "mg/mL")
    diluted: bool | None = yes_no(marked("whether the vial is diluted"), TODAY)
