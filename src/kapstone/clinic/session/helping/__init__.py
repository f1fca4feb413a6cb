"""A call for help: the card, each step with its time, and the sheet that goes with the patient."""
