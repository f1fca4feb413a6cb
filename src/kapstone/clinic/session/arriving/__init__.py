"""Arrival: the record begins."""
