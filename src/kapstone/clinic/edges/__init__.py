"""Doors to other machines: each speaks a protocol and calls a room's action; none holds a rule of its own."""
