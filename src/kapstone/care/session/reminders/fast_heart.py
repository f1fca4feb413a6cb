"""A fast heart."""

from .rule import Level, Limit, ReminderRule, When

RULE = ReminderRule(
    id="fast-heart",
    signal="hr",
    high=True,
    limits=(
        Limit(Level.RED, When.ABOVE, "session.hr.red_above"),
        Limit(Level.ORANGE, When.REPEATED_ABOVE, "session.hr.orange_repeated_above"),
        Limit(Level.YELLOW, When.ABOVE, "session.hr.yellow_above"),
    ),
    what="Fast heart rate {value}/min.",
)
