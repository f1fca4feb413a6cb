"""No breaths beside a live heart: the highest reminder there is."""

from .rule import Level, Limit, ReminderRule, When

RULE = ReminderRule(
    id="no-breaths",
    signal="rr",
    high=False,
    limits=(Limit(Level.RED, When.ALWAYS, "session.rr.red_below"),),
    what="Look at the patient: no breaths counted.",
    rank=1,
)
