"""The records of this room: concerns with their steps, the roster, and who was told of what."""

from .concern import Concern, ConcernStep, Tier
from .notice import Beat, Delivery, Notice
from .roster import RosterEnd, RosterLine

__all__ = ["Beat", "Concern", "ConcernStep", "Delivery", "Notice", "RosterEnd", "RosterLine", "Tier"]
