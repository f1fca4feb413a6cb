"""Documents of a patient: what they may be, and how they are kept."""
