"""Questionnaires: answered one question at a time, scored when done, and looked up by every later room."""
