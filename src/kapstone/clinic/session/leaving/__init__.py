"""Release, transfer, and what goes home."""
