"""Visits by video: where the patient is, how to call back, and the room to meet in."""
