"""The inbox of concerns and the roster: their pages. The records are the ground's."""
