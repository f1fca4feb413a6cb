"""Breathing slow, stopped or noisy."""

from kapstone.care.evidence.reasons import marked

from .card import CALL_911, SOMEBODY_WRITES, STOP_FIRST, Card, Step

CARD = Card(
    id="breathing",
    place=1,
    name=marked("Breathing slow, stopped or noisy"),
    when=marked("No breaths, slow breaths, snoring or gurgling, or oxygen that stays low."),
    calls_911=True,
    steps=(
        STOP_FIRST,
        Step("rouse", marked("Call the name loudly. Press the shoulder.")),
        Step("open", marked("Tilt the head, lift the chin; jaw thrust if that is not enough.")),
        Step("oxygen", marked("Oxygen by mask. Suction if there is fluid.")),
        Step("bag", marked("No breaths: bag and mask, as you were trained.")),
        CALL_911,
        Step("pulse", marked("Feel for a pulse. None: start compressions, fetch the defibrillator.")),
        SOMEBODY_WRITES,
    ),
)
