"""The room's door for questions: what later rooms and the chart may ask of an evaluation."""

from uuid import UUID

from django.urls import reverse

from kapstone.clinic.evaluation.deciding.queries import (
    Decided,
    Evaluated,
    evaluated,
    latest_decision,
    possible_formats,
    waiting_for_decision,
)
from kapstone.clinic.evaluation.intake.queries import allergies, history, intake_of, intake_sent, latest_answers
from kapstone.clinic.evaluation.measures.queries import PHQ_9, latest_measure, measures
from kapstone.clinic.ground.concerns.queries import open_items
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.who import visible

__all__ = [
    "PHQ_9",
    "Decided",
    "Evaluated",
    "allergies",
    "card",
    "evaluated",
    "history",
    "intake_of",
    "intake_sent",
    "latest_answers",
    "latest_decision",
    "latest_measure",
    "measures",
    "possible_formats",
    "strip",
    "waiting_for_decision",
]


def strip(act: Act, patient: Patient) -> dict[str, str]:
    """Who a clinical page is about: name, birth, allergies, and whether a concern is open."""
    waiting = open_items(act, patient.id)
    return {
        "name": patient.name,
        "url": reverse("chart", args=[patient.id]),
        "born": f"{patient.birth_date:%B %d, %Y}, record {patient.number}",
        "allergies": allergies(act, patient),
        "flag": f"{len(waiting)} open concern{'s' if len(waiting) > 1 else ''}" if waiting else "",
    }


def card(act: Act, patient_id: UUID) -> dict[str, object]:
    """What the chart shows of this room."""
    patient = visible(act, Patient).get(id=patient_id)
    return {
        "sent": intake_sent(act, patient),
        "measure": latest_measure(act, patient),
        "decided": latest_decision(act, patient),
    }
