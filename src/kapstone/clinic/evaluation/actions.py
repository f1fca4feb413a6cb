"""The room's door for deeds: every action of an evaluation, from the alcove that does it."""

from kapstone.clinic.evaluation.deciding.actions import complete_history, countersign, decide
from kapstone.clinic.evaluation.intake.actions import answer_history, enter_history, send_intake
from kapstone.clinic.evaluation.measures.actions import answer, enter_measure

__all__ = [
    "answer",
    "answer_history",
    "complete_history",
    "countersign",
    "decide",
    "enter_history",
    "enter_measure",
    "send_intake",
]
