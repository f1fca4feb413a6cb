"""Chest pain, or pressure that stays very high."""

from kapstone.care.evidence.reasons import marked

from .card import CALL_911, SOMEBODY_WRITES, STAY, STOP_FIRST, Card, Step

CARD = Card(
    id="chest_pain",
    place=3,
    name=marked("Chest pain, or pressure that stays very high"),
    when=marked("Chest pain, short of breath, worst headache, sight or speech changed, or pressure red twice."),
    calls_911=True,
    steps=(
        STOP_FIRST,
        Step("sit", marked("Sit up, calm, light low. Measure on the other arm.")),
        CALL_911,
        Step("measure", marked("Pressure again and again. An ECG where there is one.")),
        Step("prescriber", marked("The prescriber is in the room and decides on treatment.")),
        STAY,
        SOMEBODY_WRITES,
    ),
)
