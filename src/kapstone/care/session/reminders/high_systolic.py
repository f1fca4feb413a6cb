"""Systolic pressure too high, or risen too far from the baseline."""

from .rule import Level, Limit, ReminderRule, When

RULE = ReminderRule(
    id="high-systolic",
    signal="sbp",
    high=True,
    limits=(
        Limit(Level.RED, When.FROM, "session.sbp.red_from"),
        Limit(Level.RED, When.REPEATED_FROM, "session.sbp.red_repeated_from"),
        Limit(Level.ORANGE, When.FROM, "session.sbp.orange_from"),
        Limit(Level.ORANGE, When.RISE_FROM, "session.sbp.orange_rise_from"),
        Limit(Level.YELLOW, When.FROM, "session.sbp.yellow_from"),
        Limit(Level.YELLOW, When.RISE_FROM, "session.sbp.yellow_rise_from"),
    ),
    what="Systolic pressure {value} mmHg.",
)
