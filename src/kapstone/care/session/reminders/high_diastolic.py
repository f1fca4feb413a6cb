"""Diastolic pressure too high, or risen too far from the baseline."""

from .rule import Level, Limit, ReminderRule, When

RULE = ReminderRule(
    id="high-diastolic",
    signal="dbp",
    high=True,
    limits=(
        Limit(Level.RED, When.FROM, "session.dbp.red_from"),
        Limit(Level.RED, When.REPEATED_FROM, "session.dbp.red_repeated_from"),
        Limit(Level.ORANGE, When.FROM, "session.dbp.orange_from"),
        Limit(Level.ORANGE, When.RISE_FROM, "session.dbp.orange_rise_from"),
        Limit(Level.YELLOW, When.FROM, "session.dbp.yellow_from"),
    ),
    what="Diastolic pressure {value} mmHg.",
)
