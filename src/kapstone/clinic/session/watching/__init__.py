"""Readings, sets, the room, what is seen, who answers."""
