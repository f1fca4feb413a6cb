"""Vomiting while drowsy."""

from kapstone.care.evidence.reasons import marked

from .card import SOMEBODY_WRITES, STOP_FIRST, Card, Step

CARD = Card(
    id="vomiting",
    place=7,
    name=marked("Vomiting while drowsy"),
    when=marked("Vomits or retches and is not fully awake."),
    calls_911=False,
    steps=(
        STOP_FIRST,
        Step("side", marked("On the side, head low. Suction.")),
        Step("airway", marked("Look into the mouth; listen to the chest.")),
        Step("oxygen", marked("Oxygen if it is below what the policy asks.")),
        Step("prescriber", marked("The prescriber is told.")),
        SOMEBODY_WRITES,
    ),
)
