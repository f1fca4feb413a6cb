"""Finds times for whole courses: every dose with the visit that follows it, for everybody at once.

Pure: a problem goes in, an answer comes out. Nothing here knows Django, the database or the clock. Times are whole
minutes since 1970 in UTC, so that hours are elapsed hours also in the nights the clocks change.
"""
