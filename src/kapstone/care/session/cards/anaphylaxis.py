"""Severe allergy."""

from kapstone.care.evidence.reasons import marked

from .card import CALL_911, SOMEBODY_WRITES, STAY, STOP_FIRST, Card, Step

CARD = Card(
    id="anaphylaxis",
    place=5,
    name=marked("Severe allergy"),
    when=marked("Swelling, hives, wheeze, throat tight, or faint after a drug."),
    calls_911=True,
    steps=(
        STOP_FIRST,
        CALL_911,
        Step("lie", marked("Lie flat, legs up; sit if breathing is hard.")),
        Step(
            "kit",
            marked("Fetch the allergy kit. What is given stands in the lines that a director signed."),
        ),
        Step("oxygen", marked("Oxygen. Pressure, heart rate, oxygen at once, and again and again.")),
        STAY,
        SOMEBODY_WRITES,
    ),
)
