"""The patient's answers in the patient's words, part by part, for a last look and for paper."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from kapstone.care.evaluation import instrument
from kapstone.clinic.evaluation.intake.forms import CM_PER_INCH, KG_PER_LB
from kapstone.clinic.evaluation.intake.queries import history, names_told
from kapstone.clinic.evaluation.intake.themes import THEMES
from kapstone.clinic.evaluation.measures.queries import ASQ, PHQ_9, latest_measure
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.queries import me

PARTS = {PHQ_9: ("How I have felt", "intake_felt"), ASQ: ("My safety", "intake_thoughts")}
NONE = "None"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the intake: its rows, and where it can be changed."""

    title: str
    url: str
    rows: list[dict[str, object]]


def as_answered(act: Act) -> list[Part]:
    """Every part of the signed-in patient as it stands now. What was not answered is never shown as a no."""
    patient = me(act)
    told = history(act, patient, by_patient=True)
    parts = [_questions(act, used) for used in (PHQ_9, ASQ)]
    for theme in THEMES:
        rows = [_row(words, _yes_no(told.get(name))) for name, words in theme.questions.items()]
        parts.append(Part(theme.title, reverse("intake_health", args=[theme.slug]), rows))
    for title, name, url, key in (
        ("Medicines I take now", "medicines", "intake_medicines", "name"),
        ("What I have tried for depression", "trials", "intake_tried", "drug"),
    ):
        names = NONE if told.get(name) == [] else ", ".join(names_told(act, patient, name, key))
        parts.append(Part(title, reverse(url), [_row(title, names)]))
    rows = [
        _row("Height", _both(told.get("height_cm"), "cm", CM_PER_INCH, "in")),
        _row("Weight", _both(told.get("weight_kg"), "kg", KG_PER_LB, "lb")),
        _row("Allergies", str(told.get("allergies") or "")),
    ]
    return [*parts, Part("Height, weight and allergies", reverse("intake_about"), rows)]


def _questions(act: Act, instrument_id: str) -> Part:
    used, measure = instrument(instrument_id), latest_measure(act, me(act), instrument_id)
    said = {None: ""} | {option.value: option.text for option in used.options}
    given = measure.answers if measure else {}
    title, url = PARTS[instrument_id]
    return Part(title, reverse(url), [_row(item.text, said[given.get(item.link_id)]) for item in used.items])


def _row(label: str, value: str) -> dict[str, object]:
    return {"label": label, "value": value}


def _yes_no(value: object) -> str:
    return {True: "Yes", False: "No"}.get(value, "") if isinstance(value, bool) else ""


def _both(value: object, unit: str, per: Decimal, other: str) -> str:
    """A size in both units, so that a wrong unit is seen."""
    if not isinstance(value, int | float):
        return ""
    return f"{value:g} {unit} ({Decimal(str(value)) / per:.0f} {other})"
