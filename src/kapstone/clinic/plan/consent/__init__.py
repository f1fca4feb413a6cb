"""What a patient reads, answers and signs before a course; it can be taken back at any time."""
