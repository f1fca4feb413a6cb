"""Breathing too slow."""

from .rule import Level, Limit, ReminderRule, When

RULE = ReminderRule(
    id="slow-breathing",
    signal="rr",
    high=False,
    limits=(
        Limit(Level.RED, When.BELOW, "session.rr.red_below"),
        Limit(Level.ORANGE, When.BELOW, "session.rr.orange_below"),
        Limit(Level.YELLOW, When.BELOW, "session.rr.yellow_below"),
    ),
    what="Slow breathing, {value}/min.",
)
