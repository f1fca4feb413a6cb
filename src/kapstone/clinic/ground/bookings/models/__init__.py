"""The records of bookings: rooms, hours, patients' times, bookings and calendar feeds."""

from .booking import Booking, BookingKind, Moved
from .feed import Feed
from .hours import Closed, HoursEnd, HoursKind, Skill, StaffHours
from .room import Room, RoomKind
from .times import PatientTimes

__all__ = [
    "Booking",
    "BookingKind",
    "Closed",
    "Feed",
    "HoursEnd",
    "HoursKind",
    "Moved",
    "PatientTimes",
    "Room",
    "RoomKind",
    "Skill",
    "StaffHours",
]
