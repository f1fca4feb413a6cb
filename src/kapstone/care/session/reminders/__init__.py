"""The reminders: one file each, and `watch.py`, which makes episodes of them.

We record and remind. The bedside monitor alarms.
"""

from .episode import Episode
from .rule import RULES, Level, ReminderRule
from .watch import Watch

__all__ = ["RULES", "Episode", "Level", "ReminderRule", "Watch"]
