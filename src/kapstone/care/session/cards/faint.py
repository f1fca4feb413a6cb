"""Faint or slow heart."""

from kapstone.care.evidence.reasons import marked

from .card import SOMEBODY_WRITES, STOP_FIRST, Card, Step

CARD = Card(
    id="faint",
    place=6,
    name=marked("Faint or slow heart"),
    when=marked("Pale, sweating, faint, heart slow, pressure low."),
    calls_911=False,
    steps=(
        STOP_FIRST,
        Step("lie", marked("Lie flat, legs up.")),
        Step("measure", marked("Pressure, heart rate, oxygen now, and again and again.")),
        Step("pulse", marked("No pulse: compressions, defibrillator, 911.")),
        Step("prescriber", marked("The prescriber is in the room and decides on treatment.")),
        SOMEBODY_WRITES,
    ),
)
