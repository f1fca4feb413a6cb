"""Nausea that asks for help."""

from .rule import Level, Limit, ReminderRule, When

RULE = ReminderRule(
    id="nausea",
    signal="nausea",
    high=True,
    limits=(
        Limit(Level.ORANGE, When.FROM, "session.nausea.orange_from"),
        Limit(Level.YELLOW, When.FROM, "session.nausea.yellow_from"),
    ),
    what="Nausea {value} of 10.",
)
