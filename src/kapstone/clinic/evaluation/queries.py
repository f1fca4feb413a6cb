"""The room's door for questions: what later rooms and the chart may ask of an evaluation."""

from uuid import UUID

from kapstone.clinic.evaluation.clearance.queries import Ending, ending_before_dose, unread_results
from kapstone.clinic.evaluation.deciding.queries import (
    Decided,
    Evaluated,
    answered_since,
    blocked_formats,
    decision_of,
    decisions,
    due_again,
    evaluated,
    latest_decision,
    medicines_since,
    possible_formats,
    waiting_for_decision,
    waiting_for_second,
    why_no_dose,
)
from kapstone.clinic.evaluation.intake.queries import (
    allergies,
    history,
    intake_of,
    intake_sent,
    latest_answers,
    strip,
)
from kapstone.clinic.evaluation.measures.queries import PHQ_9, latest_measure, measures
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.who import visible

__all__ = [
    "PHQ_9",
    "Decided",
    "Ending",
    "Evaluated",
    "allergies",
    "answered_since",
    "blocked_formats",
    "card",
    "decision_of",
    "decisions",
    "due_again",
    "ending_before_dose",
    "evaluated",
    "history",
    "intake_of",
    "intake_sent",
    "latest_answers",
    "latest_decision",
    "latest_measure",
    "measures",
    "medicines_since",
    "possible_formats",
    "strip",
    "unread_results",
    "waiting_for_decision",
    "waiting_for_second",
    "why_no_dose",
]


def card(act: Act, patient_id: UUID) -> dict[str, object]:
    """What the chart shows of this room."""
    patient = visible(act, Patient).get(id=patient_id)
    return {
        "sent": intake_sent(act, patient),
        "measure": latest_measure(act, patient),
        "decided": latest_decision(act, patient),
    }
