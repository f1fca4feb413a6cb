"""Cannot be woken."""

from kapstone.care.evidence.reasons import marked

from .card import CALL_911, SOMEBODY_WRITES, STAY, STOP_FIRST, Card, Step

CARD = Card(
    id="unresponsive",
    place=2,
    name=marked("Cannot be woken"),
    when=marked("No answer to voice and shoulder, beyond what was planned."),
    calls_911=True,
    steps=(
        STOP_FIRST,
        Step("breathing", marked("Look at the chest: breathing? If not, take the card for breathing.")),
        CALL_911,
        Step("side", marked("Breathing: on the side, airway open.")),
        Step("measure", marked("Oxygen, pressure, heart rate, breaths. Glucose if a meter is here.")),
        STAY,
        SOMEBODY_WRITES,
    ),
)
