"""What an open page of a session is told while it stays open, and how often it counts as looked at."""
