"""Oxygen too low."""

from .rule import Level, Limit, ReminderRule, When

RULE = ReminderRule(
    id="low-oxygen",
    signal="spo2",
    high=False,
    limits=(
        Limit(Level.RED, When.BELOW, "session.spo2.red_below"),
        Limit(Level.ORANGE, When.BELOW, "session.spo2.orange_below"),
        Limit(Level.YELLOW, When.BELOW, "session.spo2.yellow_below"),
    ),
    what="Oxygen {value} %.",
)
