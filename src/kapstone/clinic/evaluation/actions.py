"""The room's door for deeds: every action of an evaluation, from the alcove that does it."""

from kapstone.clinic.evaluation.clearance.actions import (
    ask_for_test,
    close_test,
    mark_in_error,
    read_test,
    receive_result,
)
from kapstone.clinic.evaluation.deciding.actions import complete_history, countersign, decide
from kapstone.clinic.evaluation.intake.actions import answer_history, enter_history, send_intake
from kapstone.clinic.evaluation.measures.actions import answer, enter_measure

__all__ = [
    "answer",
    "answer_history",
    "ask_for_test",
    "close_test",
    "complete_history",
    "countersign",
    "decide",
    "enter_history",
    "enter_measure",
    "mark_in_error",
    "read_test",
    "receive_result",
    "send_intake",
]
