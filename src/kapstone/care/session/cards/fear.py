"""Panic, or behaviour that is not safe."""

from kapstone.care.evidence.reasons import marked

from .card import SOMEBODY_WRITES, STOP_FIRST, Card, Step

CARD = Card(
    id="fear",
    place=8,
    name=marked("Panic, or behaviour that is not safe"),
    when=marked("Terrified, tries to leave, may hurt themselves or others."),
    calls_911=False,
    steps=(
        STOP_FIRST,
        Step(
            "voice",
            marked("One calm voice: who you are, where they are, that it is the medicine and that it fades."),
        ),
        Step("room", marked("Light up a little, music off, fewer people. No touch that was not agreed.")),
        Step("stay", marked("Somebody stays in arm's reach of the patient, the way out free for both.")),
        Step("measure", marked("When they allow it: oxygen, pressure, heart rate.")),
        Step("prescriber", marked("The prescriber is in the room and decides on treatment.")),
        SOMEBODY_WRITES,
    ),
)
