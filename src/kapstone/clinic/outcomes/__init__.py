"""Scores over time and the next step."""
