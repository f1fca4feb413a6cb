"""The drug: time-out, second check, start, change, stop."""
