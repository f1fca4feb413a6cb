"""Times in rooms with people."""
