"""The verdict with its reasons, what a clinician asked and found, and the decision."""
