"""A slow heart."""

from .rule import Level, Limit, ReminderRule, When

RULE = ReminderRule(
    id="slow-heart",
    signal="hr",
    high=False,
    limits=(
        Limit(Level.RED, When.BELOW, "session.hr.red_below"),
        Limit(Level.ORANGE, When.BELOW, "session.hr.orange_below"),
        Limit(Level.YELLOW, When.BELOW, "session.hr.yellow_below"),
    ),
    what="Slow heart rate {value}/min.",
)
