"""Fear or distress near panic."""

from .rule import Level, Limit, ReminderRule, When

RULE = ReminderRule(
    id="distress",
    signal="distress",
    high=True,
    limits=(Limit(Level.ORANGE, When.FROM, "session.distress.orange_from"),),
    what="Distress {value} of 10.",
)
