"""Sedation: hard to wake."""

from .rule import Level, Limit, ReminderRule, When

RULE = ReminderRule(
    id="sedated",
    signal="moaas",
    high=False,
    limits=(
        Limit(Level.RED, When.BELOW, "session.moaas.red_below"),
        Limit(Level.ORANGE, When.BELOW, "session.moaas.orange_below"),
        Limit(Level.YELLOW, When.BELOW, "session.moaas.yellow_below"),
    ),
    what="Sedation {value} of 5.",
)
