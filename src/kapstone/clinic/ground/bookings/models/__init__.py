"""The records of bookings: rooms, hours, patients' times, bookings, feeds, prices, payments and reminders."""

from .booking import Booking, BookingKind, Moved
from .feed import Feed
from .hours import Closed, HoursEnd, HoursKind, Skill, StaffHours
from .money import Payment, PriceList
from .reminder import MailChoice, Reminded, Reminder, ReminderSent
from .room import Room, RoomKind
from .times import PatientTimes

__all__ = [
    "Booking",
    "BookingKind",
    "Closed",
    "Feed",
    "HoursEnd",
    "HoursKind",
    "MailChoice",
    "Moved",
    "PatientTimes",
    "Payment",
    "PriceList",
    "Reminded",
    "Reminder",
    "ReminderSent",
    "Room",
    "RoomKind",
    "Skill",
    "StaffHours",
]
