"""Mails that remind patients of what is booked: merged, few, in neutral words."""
