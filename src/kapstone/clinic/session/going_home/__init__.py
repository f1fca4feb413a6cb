"""The day of the dose as the patient and who takes them home see it: few words, large, on a dark page."""
