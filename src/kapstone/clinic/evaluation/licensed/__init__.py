"""Questionnaires whose text a clinic uploads under its own licence."""
