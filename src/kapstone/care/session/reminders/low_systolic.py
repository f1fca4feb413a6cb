"""Systolic pressure too low."""

from .rule import Level, Limit, ReminderRule, When

RULE = ReminderRule(
    id="low-systolic",
    signal="sbp",
    high=False,
    limits=(
        Limit(Level.RED, When.BELOW, "session.sbp.low_red_below"),
        Limit(Level.ORANGE, When.BELOW, "session.sbp.low_orange_below"),
        Limit(Level.YELLOW, When.BELOW, "session.sbp.low_yellow_below"),
    ),
    what="Low systolic pressure {value} mmHg.",
)
