"""Seizure."""

from kapstone.care.evidence.reasons import marked

from .card import CALL_911, SOMEBODY_WRITES, STOP_FIRST, Card, Step

CARD = Card(
    id="seizure",
    place=4,
    name=marked("Seizure"),
    when=marked("Jerking or stiff, does not answer."),
    calls_911=True,
    steps=(
        STOP_FIRST,
        Step("time", marked("Note when it began. Clear what is hard. Hold nobody down, nothing in the mouth.")),
        Step("side", marked("On the side as soon as it can be done.")),
        CALL_911,
        Step("oxygen", marked("Oxygen. Watch the breathing.")),
        Step("prescriber", marked("The prescriber is in the room and decides on treatment.")),
        SOMEBODY_WRITES,
    ),
)
